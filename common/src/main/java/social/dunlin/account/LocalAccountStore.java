package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyPair;
import java.util.List;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.federation.signature.Keys;

/** SQL that writes local accounts. */
@ApplicationScoped
class LocalAccountStore {
    private final Database database;

    LocalAccountStore(Database database) {
        this.database = database;
    }

    void insertPerson(long id, Domain domain, long userId, String username) {
        Uris uris = new Uris(domain.baseUrl());
        database.execute("""
            insert into account (id, domain_id, user_id, username, host, uri, url, inbox_url, shared_inbox_url, outbox_url,
                                 followers_url, following_url, featured_url)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""",
            id, domain.id(), userId, username, domain.name(), uris.actor(username), uris.profilePage(username), uris.inbox(username),
            uris.sharedInbox(), uris.outbox(username), uris.followers(username), uris.following(username), uris.featured(username));
        database.execute("insert into account_setting (account_id) values ($1)", id);
        database.execute("insert into account_counter (account_id) values ($1)", id);
    }

    /** Hides an account just made until its person is let in. */
    void hold(long id) {
        database.execute("update account set pending = true where id = $1", id);
    }

    /** Shows the accounts of a login that is confirmed and approved, and gives those that were hidden. Index: account_by_user. */
    List<Long> show(long userId) {
        return database.list("""
            update account set pending = false
            where user_id = $1 and pending and exists (select from dunlin_user where id = $1 and confirmed_at is not null and approved_at is not null)
            returning id""", row -> row.getLong("id"), userId);
    }

    /** Deletes the accounts and logins of people who did not confirm their address in time. Index: account_pending. */
    int deleteAbandoned(String age) {
        Long[] users = database.list("""
            delete from account where id in (
              select account.id from account join dunlin_user on dunlin_user.id = account.user_id
              where account.pending and account.created_at < now() - ($1::text)::interval and dunlin_user.confirmed_at is null
              order by account.created_at limit 500)
            returning user_id""", row -> row.getLong("user_id"), age).toArray(Long[]::new);
        database.execute("delete from dunlin_user where id = any($1)", (Object) users);
        return users.length;
    }

    /** False when the domain has its actor already. */
    boolean insertInstanceActor(long id, Domain domain) {
        Uris uris = new Uris(domain.baseUrl());
        boolean inserted = database.execute("""
            insert into account (id, domain_id, username, host, uri, url, actor_type, inbox_url, outbox_url, shared_inbox_url,
                                 locked, discoverable)
            values ($1, $2, $3, $3, $4, $5, 'Application', $4 || '/inbox', $4 || '/outbox', $6, true, false)
            on conflict do nothing""",
            id, domain.id(), domain.name(), uris.instanceActor(), domain.baseUrl() + "/about", uris.sharedInbox()) == 1;
        if (inserted) {
            database.execute("insert into account_counter (account_id) values ($1)", id);
        }
        return inserted;
    }

    void insertKey(long accountId, String keyId, String algorithm, KeyPair pair) {
        database.execute("""
            insert into account_key (key_id, account_id, algorithm, public_key, private_key)
            values ($1, $2, $3, $4, $5)""",
            keyId, accountId, algorithm, Keys.writePublicPem(pair.getPublic()), Keys.writePrivatePem(pair.getPrivate()));
    }
}
