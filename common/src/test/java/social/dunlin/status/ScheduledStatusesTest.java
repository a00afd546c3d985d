package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.queue.JobFailure;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ScheduledStatusesTest {
    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);

    private StatusWorld world;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
    }

    @BeforeEach
    void clear() {
        world.database.execute("delete from scheduled_status");
        world.outbox.taken();
    }

    private Account account(long id) {
        return world.village.account(id);
    }

    private static NewStatus later(String text) {
        return at(NewStatus.text(text), TOMORROW);
    }

    private static NewStatus at(NewStatus post, Instant time) {
        return new NewStatus(post.text(), post.spoilerText(), post.contentType(), post.visibility(), post.sensitive(), post.language(), post.inReplyToId(),
            post.quotedStatusId(), post.quotePolicy(), post.mediaIds(), post.poll(), time, post.applicationId(), post.idempotencyKey());
    }

    private ScheduledStatus schedule(long author, NewStatus wanted) {
        return world.scheduled.schedule(account(author), wanted);
    }

    /** As if its time had come. */
    private void come(ScheduledStatus scheduled) {
        world.database.execute("update scheduled_status set scheduled_at = now() - interval '1 second' where id = $1", scheduled.id());
    }

    private static void assertRefused(int status, String text, Executable action) {
        Refusal refusal = assertThrows(Refusal.class, action);
        assertEquals(status, refusal.status());
        assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
    }

    private List<String> postsOf(long author) {
        return world.database.list("select text_source from status where account_id = $1 and text_source is not null order by id", row -> row.getString("text_source"), author);
    }

    @Test
    void everythingWantedIsKeptUntilItsTime() {
        Status parent = world.post(BOB, "A question", Visibility.PUBLIC);
        NewStatus.NewPoll poll = new NewStatus.NewPoll(List.of("Yes", "No"), Duration.ofHours(1), true, false);
        NewStatus wanted = at(new NewStatus("**Hi**", "Careful", "text/markdown", Visibility.UNLISTED, true, "de", parent.id(), null, "nobody",
            List.of(), poll, null, null, null), TOMORROW);
        ScheduledStatus scheduled = schedule(ALICE, wanted);
        ScheduledStatus stored = world.scheduled.own(account(ALICE), scheduled.id());
        assertEquals(TOMORROW, stored.scheduledAt());
        assertEquals(at(wanted, null), stored.post());
        assertTrue(world.database.exists("select from job where kind = 'scheduled-status' and unique_key = $1 and run_at = $2", Long.toString(scheduled.id()), TOMORROW));

        come(scheduled);
        world.outbox.taken();
        world.scheduledPublisher.publish(scheduled.id());
        Status post = world.statuses.byId(world.database.first("select max(id) as id from status where account_id = $1", row -> row.getLong("id"), ALICE).orElseThrow()).orElseThrow();
        assertEquals("<p><strong>Hi</strong></p>", post.content());
        assertEquals("Careful", post.spoilerText());
        assertEquals(parent.id(), post.inReplyToId().orElseThrow());
        assertEquals(List.of("Yes", "No"), world.polls.ofStatus(post.id()).orElseThrow().options());
        assertTrue(post.createdAt().isAfter(Instant.now().minus(Duration.ofMinutes(5))), "it is as old as its publication");
        assertEquals(List.of("statusCreated " + post.id()), world.outbox.taken());
        assertEquals(List.of(), world.scheduled.list(account(ALICE), Page.first(20)));
    }

    @Test
    void oneJobAfterAnotherMakesOnePost() {
        ScheduledStatus scheduled = schedule(DORA, later("Once"));
        world.scheduledPublisher.publish(scheduled.id());
        assertFalse(postsOf(DORA).contains("Once"), "too early");
        come(scheduled);
        world.scheduledPublisher.publish(scheduled.id());
        world.scheduledPublisher.publish(scheduled.id());
        assertEquals(1, postsOf(DORA).stream().filter("Once"::equals).count());
    }

    @Test
    void whatCannotBeMadeStaysWithItsAuthor() {
        Status parent = world.post(BOB, "Soon gone", Visibility.PUBLIC);
        ScheduledStatus scheduled = schedule(ALICE, later("An answer").inReplyTo(parent.id()));
        world.service.delete(account(BOB), parent.id(), true, status -> status);
        come(scheduled);
        assertThrows(JobFailure.class, () -> world.scheduledPublisher.publish(scheduled.id()));
        assertEquals("An answer", world.scheduled.own(account(ALICE), scheduled.id()).post().text());
    }

    @Test
    void aSuspendedAuthorPublishesNothing() {
        ScheduledStatus scheduled = schedule(DORA, later("Silence"));
        come(scheduled);
        world.suspend(DORA);
        try {
            assertThrows(JobFailure.class, () -> world.scheduledPublisher.publish(scheduled.id()));
        } finally {
            world.reinstate(DORA);
        }
        assertFalse(postsOf(DORA).contains("Silence"));
    }

    @Test
    void theTimeMustLieAhead() {
        assertRefused(422, "must be in the future", () -> schedule(ALICE, at(NewStatus.text("Soon"), Instant.now().plus(Duration.ofMinutes(4)))));
        ScheduledStatus scheduled = schedule(ALICE, later("Moved"));
        assertRefused(422, "must be in the future", () -> world.scheduled.move(account(ALICE), scheduled.id(), Instant.now()));
        Instant sooner = TOMORROW.minus(Duration.ofHours(3));
        assertEquals(sooner, world.scheduled.move(account(ALICE), scheduled.id(), sooner).scheduledAt());
        assertTrue(world.database.exists("select from job where kind = 'scheduled-status' and unique_key = $1 and run_at = $2", Long.toString(scheduled.id()), sooner));
    }

    @Test
    void whatNoPostMayBeIsRefusedAtOnce() {
        assertRefused(422, "can't be blank", () -> schedule(ALICE, later(" ")));
        assertRefused(422, "character limit", () -> schedule(ALICE, later("a".repeat(501))));
        assertRefused(404, "", () -> schedule(ALICE, later("Hi").inReplyTo(17)));
        assertRefused(422, "Content type", () -> schedule(ALICE, at(new NewStatus("x", null, "text/html", null, null, null, null, null, null, List.of(), null, null, null, null), TOMORROW)));
        Status secret = world.post(CAROL, "For few", Visibility.DIRECT);
        assertRefused(404, "", () -> schedule(DORA, later("Hi").inReplyTo(secret.id())));
    }

    @Test
    void limits() {
        for (int number = 0; number < ScheduledStatuses.PER_DAY; number++) {
            schedule(BOB, later("Post " + number));
        }
        assertRefused(422, "for today", () -> schedule(BOB, later("One more")));
        ScheduledStatus other = schedule(BOB, at(NewStatus.text("Another day"), TOMORROW.plus(Duration.ofDays(2))));
        assertRefused(422, "for today", () -> world.scheduled.move(account(BOB), other.id(), TOMORROW));
        world.database.execute("""
            insert into scheduled_status (id, account_id, scheduled_at, post)
            select number, $1, now() + number * interval '1 day', '{"text": "x"}' from generate_series(10, $2) as number""", BOB,
            9 + ScheduledStatuses.IN_ALL - ScheduledStatuses.PER_DAY - 1);
        assertRefused(422, "limit of 300", () -> schedule(BOB, at(NewStatus.text("Too many"), TOMORROW.plus(Duration.ofDays(2)))));
    }

    @Test
    void aRepeatedKeyGivesTheFirst() {
        ScheduledStatus first = schedule(ALICE, later("Keyed").withIdempotencyKey("k1"));
        assertEquals(first.id(), schedule(ALICE, later("Keyed").withIdempotencyKey("k1")).id());
        assertEquals(1, world.scheduled.list(account(ALICE), Page.first(20)).size());
    }

    @Test
    void othersCanNeitherReadNorTouchIt() {
        ScheduledStatus scheduled = schedule(ALICE, later("Mine"));
        assertRefused(404, "", () -> world.scheduled.own(account(BOB), scheduled.id()));
        assertRefused(404, "", () -> world.scheduled.move(account(BOB), scheduled.id(), TOMORROW.plusSeconds(60)));
        assertRefused(404, "", () -> world.scheduled.cancel(account(BOB), scheduled.id()));
        world.scheduled.cancel(account(ALICE), scheduled.id());
        assertRefused(404, "", () -> world.scheduled.own(account(ALICE), scheduled.id()));
        world.scheduledPublisher.publish(scheduled.id());
        assertFalse(postsOf(ALICE).contains("Mine"));
    }

    @Test
    void attachmentsWaitWithTheirPost() {
        world.database.execute("insert into media_attachment (id, account_id, type) values (9901, $1, 'image')", ALICE);
        ScheduledStatus scheduled = schedule(ALICE, later("With a picture").withMedia(List.of(9901L)));
        assertRefused(422, "already in use", () -> world.service.publish(account(ALICE), NewStatus.text("Taken").withMedia(List.of(9901L))));
        come(scheduled);
        world.scheduledPublisher.publish(scheduled.id());
        assertTrue(world.database.exists("select from media_attachment join status on status.id = status_id where media_attachment.id = 9901 and text_source = 'With a picture'"));
    }

    @Test
    void aPreviewLeavesNothingBehind() {
        long before = world.database.first("select count(*) as number from status", row -> row.getLong("number")).orElseThrow();
        String html = world.service.preview(account(ALICE), new NewStatus("*Hi* @bob #preview_tag", null, "text/markdown", null, null, null, null, null, null,
            List.of(), null, null, null, "key"), post -> post.content() + world.details.mentions(List.of(post.id())).get(post.id()).size());
        assertTrue(html.startsWith("<p><em>Hi</em> <span class=\"h-card\"") && html.endsWith("1"), html);
        assertEquals(before, world.database.first("select count(*) as number from status", row -> row.getLong("number")).orElseThrow());
        assertFalse(world.database.exists("select from tag where name = 'preview_tag'"));
        assertFalse(world.database.exists("select from idempotency_key where key = 'key'"));
    }
}
