package social.dunlin.trend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;
import static social.dunlin.testing.Village.HEDY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.card.PreviewCard;
import social.dunlin.database.Database;
import social.dunlin.search.FoundTag;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.TestConfiguration;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class TrendsTest {
    private static final long[] PEOPLE = {ALICE, BOB, CAROL, DORA, ERIN, FRIDA, GUSTAV, HEDY};

    private StatusWorld world;
    private TrendCounter counter;
    private Trends trends;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
        counter = new TrendCounter(database);
        trends = new Trends(database, TestConfiguration.defaults());
    }

    @BeforeEach
    void empty() {
        world.database.execute("delete from status");
        world.database.execute("delete from trend");
        world.database.execute("delete from trend_review");
        world.database.execute("update account set discoverable = true, silenced_at = null");
    }

    private Status post(long author, String text) {
        return author < FRIDA ? world.post(author, text, Visibility.PUBLIC) : world.remotePost(author, "n" + System.nanoTime(), Visibility.PUBLIC);
    }

    /** So many people use the tag once. */
    private void use(String tag, int people) {
        for (int index = 0; index < people; index++) {
            Status post = post(PEOPLE[index], "Word " + tag);
            world.database.execute("insert into tag (name, display_name) values ($1, $1) on conflict do nothing", tag);
            world.database.execute("insert into status_tag (status_id, tag_id) select $1, id from tag where name = $2 on conflict do nothing", post.id(), tag);
        }
    }

    private List<String> tags() {
        return trends.tags(20, 0).stream().map(FoundTag::name).toList();
    }

    @Test
    void aTagOfManyPeopleTrendsAndOneOfFewDoesNot() {
        use("many", 8);
        use("some", 5);
        use("few", 4);
        for (int number = 0; number < 10; number++) {
            post(ALICE, "#alone");
        }
        counter.run();
        assertEquals(List.of("many", "some"), tags());
        assertEquals(List.of("some"), trends.tags(1, 1).stream().map(FoundTag::name).toList());
    }

    @Test
    void whatIsUsualDoesNotTrend() {
        use("daily", 6);
        world.database.execute("""
            insert into status (id, account_id, uri, local, visibility, conversation_id, created_at)
            select $2::bigint + number, account.id, 'https://village.example/y/' || number, true, 'public', (select min(id) from conversation), now()
            from (select id, row_number() over (order by id) as number from account where id = any($1)) account""",
            new Long[] {ALICE, BOB, CAROL, DORA, ERIN, FRIDA, GUSTAV}, yesterday());
        world.database.execute("insert into status_tag (status_id, tag_id) select status.id, tag.id from status, tag where tag.name = 'daily' on conflict do nothing");
        counter.run();
        assertEquals(List.of(), tags());
    }

    private static long yesterday() {
        return social.dunlin.id.Snowflakes.floor(java.time.LocalDate.now(java.time.ZoneOffset.UTC).minusDays(1).atStartOfDay(java.time.ZoneOffset.UTC).toInstant());
    }

    @Test
    void trendsFadeAndHiddenAuthorsDoNotCount() {
        use("fading", 8);
        counter.run();
        assertEquals(List.of("fading"), tags());
        world.database.execute("delete from status");
        counter.count(Instant.now().plus(Duration.ofHours(4)));
        assertEquals(List.of("fading"), tags(), "half is left");
        counter.count(Instant.now().plus(Duration.ofHours(30)));
        assertEquals(List.of(), tags());
        world.database.execute("update account set silenced_at = now() where id = any($1)", (Object) new Long[] {ALICE, BOB, CAROL, DORA});
        use("limited", 8);
        counter.run();
        assertEquals(List.of(), tags());
    }

    private Status liked(long author, int number) {
        Status post = post(author, "Liked " + number);
        world.database.execute("update status_counter set favourites_count = $2 where status_id = $1", post.id(), number);
        return post;
    }

    @Test
    void postsTrendByLikesAndBoostsWhenTheirAuthorsLetThem() {
        Status much = liked(ALICE, 20);
        Status enough = liked(FRIDA, 6);
        liked(BOB, 4);
        Status shy = liked(DORA, 30);
        world.database.execute("update account set discoverable = null where id = $1", DORA);
        Status warned = liked(CAROL, 30);
        world.database.execute("update status set spoiler_text = 'x' where id = $1", warned.id());
        counter.run();
        assertEquals(List.of(much.id(), enough.id()), trends.statuses(Viewer.anonymous(), 20, 0).stream().map(Status::id).toList());
        world.village.mute(ERIN, ALICE);
        assertEquals(List.of(enough.id()), trends.statuses(Viewer.of(ERIN), 20, 0).stream().map(Status::id).toList());
        assertTrue(shy.id() > 0);
        world.service.delete(world.village.account(ALICE), much.id(), true, status -> null);
        assertEquals(List.of(enough.id()), trends.statuses(Viewer.anonymous(), 20, 0).stream().map(Status::id).toList(), "hostile input 107");
    }

    @Test
    void linksTrendByThePeopleWhoPostThem() {
        world.database.execute("insert into preview_card (url, state, title, description) values ('https://news.example/1', 'ready', 'News', 'All of it')");
        for (long person : PEOPLE) {
            Status post = post(person, "Look");
            world.database.execute("insert into status_preview_card (status_id, preview_card_id) select $1, id from preview_card", post.id());
        }
        counter.run();
        List<PreviewCard> links = trends.links(10, 0);
        assertEquals(List.of("https://news.example/1"), links.stream().map(PreviewCard::url).toList());
        assertEquals(PEOPLE.length, trends.linkHistory(List.of(links.getFirst().id())).get(links.getFirst().id()).getFirst().accounts());
    }

    @Test
    void aPersonsWordDecides() {
        use("reviewed", 8);
        counter.run();
        Trends strict = new Trends(world.database, TestConfiguration.of(Map.of("dunlin.trends.review", "true")));
        assertEquals(List.of(), strict.tags(10, 0));
        long tag = world.database.first("select id from tag where name = 'reviewed'", row -> row.getLong("id")).orElseThrow();
        world.database.execute("insert into trend_review (kind, subject_id, allowed) values ('tag', $1, true)", tag);
        assertEquals(1, strict.tags(10, 0).size());
        world.database.execute("update trend_review set allowed = false");
        assertEquals(List.of(), tags());
    }
}
