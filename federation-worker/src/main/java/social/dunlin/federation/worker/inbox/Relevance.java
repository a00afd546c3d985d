package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApTag;
import social.dunlin.database.Database;

/** Whether what arrives concerns anybody here. The rest is dropped: we are not everybody's archive. */
@ApplicationScoped
class Relevance {
    private static final int MAXIMUM_NAMED = 500;

    private final Database database;

    Relevance(Database database) {
        this.database = database;
    }

    /** Follows still waiting count: the Accept may be overtaken by the first post. Indexes: follow_of_target, follow_request_of_target. */
    boolean isFollowedHere(long accountId) {
        return database.exists("""
            select from follow join account on account.id = follow.account_id and account.domain_id is not null
            where follow.target_account_id = $1
            union all
            select from follow_request join account on account.id = follow_request.account_id and account.domain_id is not null
            where follow_request.target_account_id = $1
            limit 1""", accountId);
    }

    /** Those of the accounts of whom that is so. */
    Set<Long> followedHere(Collection<Long> accountIds) {
        return Set.copyOf(database.list("""
            select wanted.id from unnest($1::bigint[]) as wanted (id)
            where exists (select from follow join account on account.id = follow.account_id and account.domain_id is not null
                          where follow.target_account_id = wanted.id)
               or exists (select from follow_request join account on account.id = follow_request.account_id and account.domain_id is not null
                          where follow_request.target_account_id = wanted.id)""", row -> row.getLong("id"), (Object) accountIds.toArray(Long[]::new)));
    }

    /** Somebody here follows it, wants to, blocks or mutes it. Indexes: as above, block_of_target, mute_of_target. */
    boolean isRelatedHere(long accountId) {
        return isFollowedHere(accountId) || database.exists("""
            select from block join account on account.id = block.account_id and account.domain_id is not null
            where block.target_account_id = $1
            union all
            select from mute where target_account_id = $1
            limit 1""", accountId);
    }

    boolean isKnown(String statusUri) {
        return database.exists("select from status where uri = $1", statusUri);
    }

    /** Somebody here follows its sender, it answers a post known here, quotes one of ours, or names somebody here. */
    boolean concernsUs(ApNote note, Incoming incoming) {
        return isFollowedHere(incoming.sender().id())
            || isTiedToUs(note, Stream.concat(incoming.activity().to().stream(), incoming.activity().cc().stream()));
    }

    /** The same for a post by itself. Index: account_uri. */
    boolean concernsUs(ApNote note, String authorUri) {
        return isTiedToUs(note, Stream.empty()) || database.first("select id from account where uri = $1", row -> row.getLong("id"), authorUri)
            .filter(this::isFollowedHere).isPresent();
    }

    /** Indexes: status_uri, account_uri, account_url. */
    private boolean isTiedToUs(ApNote note, Stream<String> alsoAddressed) {
        List<String> named = Stream.of(note.to().stream(), note.cc().stream(), alsoAddressed, note.mentions().stream().map(ApTag.Mention::href))
            .flatMap(stream -> stream).filter(Objects::nonNull).distinct().limit(MAXIMUM_NAMED).toList();
        return database.exists("""
            select from status where uri = $1
            union all
            select from status where uri = $3 and local
            union all
            select from account where domain_id is not null and uri = any($2)
            union all
            select from account where domain_id is not null and url = any($2) and url is not null
            limit 1""", note.inReplyTo(), named.toArray(String[]::new), note.quote() == null ? null : note.quote().target());
    }
}
