package social.dunlin.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

/** Posts that enter the feeds together enter the same ones as each by itself: among everybody, whoever hides whom. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedsOfManyTest {
    private static final List<Visibility> KINDS = List.of(Visibility.PUBLIC, Visibility.UNLISTED, Visibility.PRIVATE);

    private Database database;
    private HomeFeedStore feeds;

    @BeforeAll
    void settle(Database given) {
        database = given;
        Village.settle(database);
        feeds = new HomeFeedStore(database);
        database.execute("""
            insert into follow (account_id, target_account_id) select reader.id, author.id from account reader, account author
            where reader.domain_id is not null and reader.id <> author.id on conflict do nothing""");
        database.execute("update follow set languages = '{de}' where account_id = $1 and target_account_id = $2", Village.ERIN, Village.GUSTAV);
        database.execute("insert into mute (account_id, target_account_id) values ($1, $2), ($3, $4)", Village.ALICE, Village.GUSTAV, Village.BOB, Village.HEDY);
        database.execute("update mute set expires_at = now() - interval '1 day' where account_id = $1", Village.BOB);
        database.execute("insert into block (account_id, target_account_id) values ($1, $2), ($3, $4)", Village.DORA, Village.FRIDA, Village.FRIDA, Village.BOB);
        database.execute("insert into account_domain_block (account_id, host) values ($1, 'other.example')", Village.ALICE);
        database.execute("update account set suspended_at = now() where id in ($1, $2)", Village.IVAN, Village.MALLORY);
        database.execute("insert into list (account_id, title, exclusive) values ($1, 'apart', true)", Village.ERIN);
        database.execute("insert into list_account (list_id, account_id) select id, $1 from list", Village.HEDY);
        for (Visibility kind : KINDS) {
            database.execute("""
                insert into conversation (id) select 10000 + $1 + id from account""", (long) kind.ordinal() * 10_000);
            database.execute("""
                insert into status (id, account_id, uri, local, visibility, conversation_id, language, created_at, expires_at)
                select 10000 + $1 + id, id, 'post ' || $1 || ' ' || id, domain_id is not null, $2, 10000 + $1 + id, 'en', now(),
                  case when username = 'judy' then now() - interval '1 hour' end from account""", (long) kind.ordinal() * 10_000, kind.apiName());
        }
        // Each second one names somebody whom others hide.
        database.execute("insert into mention (status_id, account_id) select id, $1 from status where id % 2 = 0 and account_id <> $1", Village.GUSTAV);
    }

    private List<Long> posts(Visibility kind, boolean mentions) {
        return database.list("select id from status where visibility = $1 and exists (select from mention where status_id = status.id) = $2 order by id",
            row -> row.getLong("id"), kind.apiName(), mentions);
    }

    private List<String> entries() {
        List<String> entries = database.list("select format('%s reads %s', account_id, status_id) as entry from home_entry order by 1", row -> row.getString("entry"));
        database.execute("delete from home_entry");
        return entries;
    }

    @Test
    void asEachByItself() {
        List<String> alone = new ArrayList<>();
        List<String> together = new ArrayList<>();
        for (Visibility kind : KINDS) {
            for (boolean mentions : List.of(true, false)) {
                List<Long> posts = posts(kind, mentions);
                assertTrue(posts.size() > 2, kind + " " + posts);
                posts.forEach(feeds::add);
                alone.addAll(entries());
                feeds.addPosts(posts, kind, false, mentions);
                together.addAll(entries());
            }
        }
        assertEquals(String.join("\n", alone), String.join("\n", together));
        assertTrue(alone.size() > 100 && alone.size() < 36 * 6, alone.size() + " entries: nearly nobody hides anybody, or everybody does");
    }
}
