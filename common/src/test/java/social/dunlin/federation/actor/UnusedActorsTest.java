package social.dunlin.federation.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnusedActorsTest {
    private static final long LONELY = 7001;
    private static final long TIED = 8001;
    /** What goes with an account, and what only people here have. */
    private static final Set<String> NO_TIES = Set.of("account_counter.account_id", "account_key.account_id", "featured_tag.account_id",
        "account_setting.account_id", "oauth_token.account_id", "oauth_code.account_id", "web_session.account_id", "bookmark.account_id",
        "status_pin.account_id", "conversation_mute.account_id", "idempotency_key.account_id", "account_domain_block.account_id",
        "account_note.account_id", "notification.account_id", "marker.account_id", "data_import.account_id",
        "push_subscription.account_id", "list.account_id", "filter.account_id", "tag_follow.account_id", "notification_policy.account_id",
        "notification_permission.account_id", "private_conversation.account_id", "scheduled_status.account_id",
        "suggestion_dismissal.account_id", "announcement_read.account_id", "announcement_reaction.account_id", "media_upload.account_id",
        "annual_report.account_id", "relationship_severance.account_id", "account_warning.account_id");

    @BeforeAll
    void settle(Database database) {
        Village.settle(database);
    }

    private static void actor(Database database, long id, int daysAgo, String set) {
        database.execute("""
            insert into account (id, username, host, uri, fetched_at)
            values ($1, 'actor' || $1, 'far.example', 'https://far.example/actors/' || $1, now() - make_interval(days => $2))""", id, daysAgo);
        database.execute("insert into account_key (key_id, account_id, algorithm, public_key) values ('https://far.example/keys/' || $1, $1, 'rsa', 'key')", id);
        if (set != null) {
            database.execute("update account set " + set + " where id = $1", id);
        }
    }

    private static boolean isThere(Database database, long id) {
        return database.exists("select from account where id = $1", id);
    }

    /** Whoever adds a column that refers to accounts says here whether it keeps them. */
    @Test
    void everyColumnThatRefersToAccountsIsKnownAndHasAnIndex(Database database) {
        Set<String> columns = new TreeSet<>(database.list("""
            select conrelid::regclass || '.' || attname as name from pg_constraint
            join pg_attribute on attrelid = conrelid and attnum = conkey[1]
            where contype = 'f' and confrelid = 'account'::regclass""", row -> row.getString("name")));
        Set<String> known = new TreeSet<>(NO_TIES);
        known.addAll(UnusedActors.TIES);
        assertEquals(known, columns);
        assertEquals(List.of(), database.list("""
            select conrelid::regclass || '.' || attname as name from pg_constraint
            join pg_attribute on attrelid = conrelid and attnum = conkey[1]
            where contype = 'f' and confrelid in ('account'::regclass, 'conversation'::regclass)
              and not exists (select from pg_index where indrelid = conrelid and indkey[0] = conkey[1])
            order by 1""", row -> row.getString("name")));
    }

    @Test
    void whoIsOfNoUseAndUnheardOfGoesWithTheirKey(Database database) {
        actor(database, LONELY, 91, null);
        actor(database, LONELY + 1, 89, null);
        actor(database, LONELY + 2, 91, "suspended_at = now()");
        actor(database, LONELY + 3, 91, "silenced_at = now()");
        actor(database, LONELY + 4, 91, "deleted_at = now()");
        new UnusedActors(database, 0).run();
        assertTrue(isThere(database, LONELY));
        database.execute("update account set fetched_at = now() - interval '1 year' where domain_id is not null");
        List<Long> others = database.list("select id from account where id <> $1 order by id", row -> row.getLong("id"), LONELY);
        new UnusedActors(database, 90).run();
        new UnusedActors(database, 90).run();
        assertEquals(others, database.list("select id from account order by id", row -> row.getLong("id")));
        assertFalse(database.exists("select from account_key where account_id = $1", LONELY));
    }

    /** Each tie holds by itself; rows are made with nothing but what their table asks for. */
    @Test
    void whomAnythingRefersToStays(Database database) {
        database.execute("insert into conversation (id) values (1)");
        database.execute("""
            insert into status (id, account_id, uri, local, visibility, conversation_id, created_at)
            values (1, $1, 'https://village.example/1', true, 'public', 1, now())""", Village.ALICE);
        database.execute("insert into list (account_id, title) values ($1, 'List')", Village.ALICE);
        database.execute("insert into collection (account_id, name) values ($1, 'Birders')", Village.ALICE);
        List<String> ties = List.of(
            "insert into follow (account_id, target_account_id) values ($2, $1)",
            "insert into follow (account_id, target_account_id) values ($1, $2)",
            "insert into follow_request (account_id, target_account_id) values ($1, $2)",
            "insert into mention (status_id, account_id) select 1, $1 where $2::bigint > 0",
            "insert into favourite (status_id, account_id) select 1, $1 where $2::bigint > 0",
            "insert into block (account_id, target_account_id) values ($1, $2)",
            "insert into mute (account_id, target_account_id) values ($2, $1)",
            "insert into account_note (account_id, target_account_id, comment) values ($2, $1, 'Met in Kiel')",
            "insert into notification (account_id, from_account_id, type) values ($2, $1, 'follow')",
            "insert into report (account_id, target_account_id, comment) values ($2, $1, 'Rude')",
            "update status set in_reply_to_account_id = $1 where account_id = $2",
            "insert into list_account (list_id, account_id) select id, $1 from list where account_id = $2",
            "insert into collection_item (collection_id, account_id) select id, $1 from collection where account_id = $2",
            "insert into notification_permission (account_id, from_account_id) values ($2, $1)",
            "update account set moved_to_id = $1 where id = $2");
        for (int index = 0; index < ties.size(); index++) {
            actor(database, TIED + index, 91, null);
            database.execute(ties.get(index), TIED + index, Village.ALICE);
        }
        new UnusedActors(database, 90).run();
        for (int index = 0; index < ties.size(); index++) {
            assertTrue(isThere(database, TIED + index), ties.get(index));
        }
    }
}
