package social.dunlin.account;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import social.dunlin.database.Database;

/** SQL of invitations. */
@ApplicationScoped
class InviteStore {
    /** With the domain asked ($1), the code ($2) and the roles whose people may invite ($3). Index: the unique key of the code. */
    private static final String GOOD = """
        invite.code = $2 and invite.domain_id = $1
          and (invite.expires_at is null or invite.expires_at > now()) and (invite.max_uses is null or invite.uses < invite.max_uses)
          and (invite.user_id is null
               or exists (select from dunlin_user inviter
                          where inviter.id = invite.user_id and inviter.role = any($3)
                            and inviter.disabled_at is null and inviter.confirmed_at is not null and inviter.approved_at is not null))
        """;

    private final Database database;

    InviteStore(Database database) {
        this.database = database;
    }

    Invite insert(String code, long domainId, Long userId, Integer maxUses, Duration life, Long followedId) {
        return database.first("""
            insert into invite (code, domain_id, user_id, max_uses, expires_at, followed_account_id)
            values ($1, $2, $3, $4, now() + $5::bigint * interval '1 second', $6) returning *""",
            InviteStore::map, code, domainId, userId, maxUses, life == null ? null : life.toSeconds(), followedId).orElseThrow();
    }

    /** Newest first. Index: invite_by_user. */
    List<Invite> of(long userId, long domainId) {
        return database.list("select * from invite where user_id = $1 and domain_id = $2 order by id desc", InviteStore::map, userId, domainId);
    }

    /** Holds the login's row, so that two requests at once cannot pass a limit together. */
    int lockedCount(long userId) {
        database.list("select id from dunlin_user where id = $1 for update", row -> null, userId);
        return database.first("""
            select count(*)::int as invites from invite
            where user_id = $1 and (expires_at is null or expires_at > now()) and (max_uses is null or uses < max_uses)""",
            row -> row.getInteger("invites"), userId).orElseThrow();
    }

    void end(long userId, long id) {
        database.execute("update invite set expires_at = now() where id = $2 and user_id = $1 and (expires_at is null or expires_at > now())", userId, id);
    }

    boolean isGood(long domainId, String code, Collection<User.Role> inviters) {
        return database.exists("select from invite where " + GOOD, domainId, code, names(inviters));
    }

    /** Counts a use; of two for the last one the statement lets one have it. */
    Optional<Long> use(long domainId, String code, Collection<User.Role> inviters) {
        return database.first("update invite set uses = uses + 1 where " + GOOD + " returning id", row -> row.getLong("id"),
            domainId, code, names(inviters));
    }

    private static String[] names(Collection<User.Role> roles) {
        return roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
    }

    private static Invite map(Row row) {
        return new Invite(row.getLong("id"), row.getString("code"), row.getInteger("max_uses"), row.getInteger("uses"), instant(row, "expires_at"),
            row.getLong("followed_account_id") != null, instant(row, "created_at"));
    }
}
