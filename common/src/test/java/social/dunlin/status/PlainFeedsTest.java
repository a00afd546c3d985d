package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.MALLORY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.status.PlainPostWriter.Wanted;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.text.Hashtag;

/** A plain post enters the same feeds as the statement for all posts would put it into: among everybody, whoever hides whom. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class PlainFeedsTest {
    private static final List<Visibility> KINDS = List.of(Visibility.PUBLIC, Visibility.UNLISTED, Visibility.PRIVATE, Visibility.LOCAL, Visibility.LOCAL_UNLISTED);

    private StatusWorld world;
    private List<Long> authors;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
        authors = ids("select id from account where domain_id is not null and suspended_at is null and deleted_at is null and silenced_at is null and moved_to_id is null order by id");
        database.execute("""
            insert into follow (account_id, target_account_id) select reader.id, author.id from account reader, account author
            where reader.id <> author.id and author.domain_id is not null and (reader.id + author.id) % 3 > 0 on conflict do nothing""");
        database.execute("update follow set languages = '{de}' where account_id = $1", ERIN);
        database.execute("insert into tag (name, display_name) values ('heard', 'heard')");
        database.execute("insert into tag_follow (account_id, tag_id) select account.id, tag.id from account, tag where account.domain_id is not null and tag.name = 'heard'");
    }

    private List<Long> ids(String sql, Object... parameters) {
        return world.database.list(sql, row -> row.getLong(0), parameters);
    }

    private List<Long> readers(long post) {
        return ids("select account_id from home_entry where status_id = $1 order by account_id", post);
    }

    private int entries;

    private void assertSameFeeds() {
        for (long author : authors) {
            for (Visibility kind : KINDS) {
                for (String text : List.of("Words", "Words #heard #unheard")) {
                    for (String language : List.of("de", "en")) {
                        NewStatus wanted = new NewStatus(text, null, null, kind, null, language, null, null, null, List.of(), null, null, null, null);
                        world.service.publishNew(author, wanted);
                        long before = world.database.statementCount();
                        long post = world.service.publishNew(author, wanted).status().id();
                        assertEquals(1, world.database.statementCount() - before, "statements");
                        assertSameFeeds(post, wanted.toString());
                    }
                }
            }
        }
        assertSameFeedsOfMany();
    }

    /** All of them by one statement. */
    private void assertSameFeedsOfMany() {
        Authors known = new Authors(world.database);
        List<Wanted> posts = new ArrayList<>();
        for (long author : authors) {
            for (Visibility kind : KINDS) {
                for (List<Hashtag> hashtags : List.of(List.<Hashtag>of(), List.of(Hashtag.of("heard").orElseThrow(), Hashtag.of("unheard").orElseThrow()))) {
                    for (String language : Arrays.asList("de", "en", null)) {
                        long id = Snowflakes.next();
                        StatusWriter.Row row = new StatusWriter.Row(id, author, "https://here.example/" + id, "https://here.example/@/" + id, true, "Note", kind, null, "", "Words",
                            "Words", "text/plain", language, false, id, null, null, null, "public", null, null, List.of(), Instant.now().truncatedTo(ChronoUnit.MICROS), null);
                        posts.add(Wanted.of(row, known.byId(author), hashtags, "'words':1", null));
                    }
                }
            }
        }
        assertEquals(posts.size(), new PlainPostWriter(world.database).insert(posts).size());
        posts.forEach(post -> assertSameFeeds(post.row().id(), post.toString()));
    }

    private void assertSameFeeds(long post, String what) {
        List<Long> plain = readers(post);
        world.database.execute("delete from home_entry where status_id = $1", post);
        world.home.add(post);
        assertEquals(readers(post), plain, what);
        entries += plain.size();
    }

    @Test
    void allEnterTheSameFeeds() {
        assertTrue(authors.size() > 4, authors::toString);
        assertSameFeeds();
        int unhindered = entries;
        world.database.execute("insert into mute (account_id, target_account_id) values ($1, $2), ($3, $2) on conflict do nothing", ALICE, BOB, DORA);
        world.database.execute("update mute set expires_at = now() - interval '1 day' where account_id = $1", DORA);
        world.database.execute("insert into block (account_id, target_account_id) values ($1, $2), ($2, $3) on conflict do nothing", DORA, ALICE, ERIN);
        world.database.execute("insert into list (account_id, title, exclusive) values ($1, 'apart', true), ($2, 'along', false)", ERIN, BOB);
        world.database.execute("insert into list_account (list_id, account_id) select list.id, author.id from list, account author where author.id in ($1, $2)", BOB, DORA);
        world.database.execute("update account set suspended_at = now() where id = $1", MALLORY);
        authors = authors.stream().filter(author -> author != MALLORY).toList();
        entries = 0;
        assertSameFeeds();
        assertTrue(entries < unhindered, "some are hidden: " + entries + " of " + unhindered);
    }
}
