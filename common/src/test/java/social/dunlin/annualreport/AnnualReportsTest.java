package social.dunlin.annualreport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.annualreport.AnnualReport.State;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class AnnualReportsTest {
    private static final int THIS_YEAR = LocalDate.now(ZoneOffset.UTC).getYear();
    private static final int LAST_YEAR = THIS_YEAR - 1;

    private Database database;
    private StatusWorld world;
    private YearInNumbers numbers;
    private AnnualReports reports;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        world = new StatusWorld(database, vertx, options);
        numbers = new YearInNumbers(database);
        reports = new AnnualReports(database, new AnnualReportStore(database), numbers, Jobs.of(database, world.bus));
    }

    @BeforeEach
    void empty() {
        List.of("status", "annual_report", "job").forEach(table -> database.execute("delete from " + table));
    }

    /** A bare post of last year's summer. */
    private void lastSummer(long author, Visibility visibility) {
        Instant summer = LocalDate.of(LAST_YEAR, 7, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
        long id = Snowflakes.at(summer);
        database.execute("insert into conversation (id) values ($1)", id);
        database.execute("""
            insert into status (id, account_id, uri, local, visibility, conversation_id, created_at)
            values ($1, $2, 'https://village.example/old/' || $1::bigint, true, $3, $1, $4)""", id, author, visibility.apiName(), summer);
    }

    private List<String> jobs() {
        return database.list("select payload from job where kind = $1", row -> row.getString("payload"), AnnualReports.KIND);
    }

    @Test
    void yearIsOfferedInItsLastWeeks() {
        assertEquals(OptionalInt.of(2026), AnnualReports.campaign(LocalDate.of(2026, 12, 10)));
        assertEquals(OptionalInt.empty(), AnnualReports.campaign(LocalDate.of(2026, 12, 9)));
        assertEquals(OptionalInt.empty(), AnnualReports.campaign(LocalDate.of(2027, 1, 1)));
        assertTrue(AnnualReports.isOver(2026, LocalDate.of(2027, 1, 1)));
        assertFalse(AnnualReports.isOver(2026, LocalDate.of(2026, 12, 9)));
        assertFalse(AnnualReports.isOver(2027, LocalDate.of(2026, 12, 31)));
    }

    @Test
    void reportIsEligibleThenGeneratedThenAvailable() {
        lastSummer(ALICE, Visibility.PUBLIC);
        lastSummer(BOB, Visibility.PRIVATE);
        assertEquals(State.ELIGIBLE, reports.state(ALICE, LAST_YEAR));
        assertEquals(State.INELIGIBLE, reports.state(BOB, LAST_YEAR), "nothing that others may see");
        assertEquals(State.INELIGIBLE, reports.state(ALICE, THIS_YEAR + 1));
        assertEquals(422, assertThrows(Refusal.class, () -> reports.generate(BOB, LAST_YEAR)).status());

        assertEquals(State.GENERATING, reports.generate(ALICE, LAST_YEAR));
        assertEquals(State.GENERATING, reports.generate(ALICE, LAST_YEAR));
        assertEquals(State.GENERATING, reports.state(ALICE, LAST_YEAR));
        assertEquals(List.of(ALICE + "/" + LAST_YEAR), jobs());
        assertEquals(404, assertThrows(Refusal.class, () -> reports.get(ALICE, LAST_YEAR)).status());

        reports.compute(jobs().getFirst());
        assertEquals(State.AVAILABLE, reports.state(ALICE, LAST_YEAR));
        AnnualReport report = reports.get(ALICE, LAST_YEAR);
        assertEquals(1, new JsonObject(report.data()).getJsonArray("time_series").getJsonObject(6).getInteger("statuses"));
        lastSummer(ALICE, Visibility.PUBLIC);
        reports.compute(ALICE + "/" + LAST_YEAR);
        assertEquals(report.data(), reports.get(ALICE, LAST_YEAR).data(), "a second run changes nothing");

        assertEquals(1, reports.unseen(ALICE).size());
        reports.read(ALICE, LAST_YEAR);
        assertEquals(List.of(), reports.unseen(ALICE));
        assertEquals(404, assertThrows(Refusal.class, () -> reports.read(BOB, LAST_YEAR)).status());
    }

    @Test
    void yearIsCountedFromWhatIsStored() {
        Status liked = world.post(ALICE, "Low #tide", Visibility.PUBLIC);
        Status boosted = world.post(ALICE, "High #tide", Visibility.UNLISTED);
        Status secret = world.post(ALICE, "A #tide of mine", Visibility.PRIVATE);
        Status foreign = world.post(BOB, "Not hers #tide", Visibility.PUBLIC);
        world.actions.reblog(world.village.account(BOB), boosted.id(), null);
        world.actions.favourite(world.village.account(BOB), boosted.id());
        world.actions.favourite(world.village.account(CAROL), boosted.id());
        world.actions.favourite(world.village.account(BOB), liked.id());
        world.actions.reblog(world.village.account(ALICE), foreign.id(), null);
        world.service.publish(world.village.account(ALICE), NewStatus.text("An answer").withVisibility(Visibility.PUBLIC).inReplyTo(foreign.id()));
        database.execute("update status_counter set favourites_count = 99 where status_id = $1", secret.id());

        AnnualReport report = numbers.of(ALICE, THIS_YEAR);
        JsonObject data = new JsonObject(report.data());
        assertEquals("lurker", data.getString("archetype"));
        JsonObject top = data.getJsonObject("top_statuses");
        assertEquals(Long.toString(boosted.id()), top.getString("by_reblogs"));
        assertEquals(Long.toString(liked.id()), top.getString("by_favourites"), "the other one stands there already, and what only followers see does not");
        assertEquals(null, top.getString("by_replies"));
        assertEquals(List.of(boosted.id(), liked.id()), report.statusIds());
        assertEquals("[{\"name\":\"tide\",\"count\":3}]", data.getJsonArray("top_hashtags").encode());
        int month = LocalDate.now(ZoneOffset.UTC).getMonthValue();
        JsonObject now = data.getJsonArray("time_series").getJsonObject(month - 1);
        assertEquals(month, now.getInteger("month"));
        assertEquals(5, now.getInteger("statuses"));
        assertEquals(12, data.getJsonArray("time_series").size());
        assertEquals(followersOf(ALICE), data.getJsonArray("time_series").stream().mapToInt(each -> ((JsonObject) each).getInteger("followers")).sum());
    }

    private int followersOf(long account) {
        return database.first("select count(*)::int as number from follow where target_account_id = $1", row -> row.getInteger("number"), account).orElseThrow();
    }

    @Test
    void whoPostsMuchIsAnOracleAndWhoAnswersAReplier() {
        Status post = world.post(BOB, "Loud", Visibility.PUBLIC);
        database.execute("""
            insert into status (id, account_id, uri, local, visibility, conversation_id, created_at, reblog_of_id)
            select $1::bigint + number, $2, 'https://village.example/b/' || number, true, 'public', $3, now(), null
            from generate_series(1, 120) number""", Snowflakes.next(), ALICE, post.conversationId());
        assertEquals("oracle", new JsonObject(numbers.of(ALICE, THIS_YEAR).data()).getString("archetype"));
        database.execute("update status set in_reply_to_account_id = $1 where account_id = $2", BOB, ALICE);
        assertEquals("replier", new JsonObject(numbers.of(ALICE, THIS_YEAR).data()).getString("archetype"));
    }
}
