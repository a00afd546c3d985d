package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;
import static social.dunlin.testing.Village.HEDY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.notification.Notification;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.visibility.Viewer;

/** What local people quote, and what the quoted author may do about it (behaviours §13). */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class LocalQuotesTest {
    private Database database;
    private StatusWorld world;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new StatusWorld(given, vertx, options);
    }

    private static NewStatus quoting(String text, long quoted, Visibility visibility) {
        return new NewStatus(text, null, null, visibility, null, null, null, quoted, null, List.of(), null, null, null, null);
    }

    private Status quote(long author, String text, Status quoted, Visibility visibility) {
        return world.service.publish(world.village.account(author), quoting(text, quoted.id(), visibility));
    }

    private int refused(long author, Status quoted, Visibility visibility) {
        return assertThrows(Refusal.class, () -> quote(author, "No", quoted, visibility)).status();
    }

    private Status post(long author, Visibility visibility, String policy) {
        return world.service.publish(world.village.account(author), new NewStatus("Quote me", null, null, visibility, null, null, null, null,
            policy, List.of(), null, null, null, null));
    }

    /** A remote post whose server knows of consent, or with {@code unknown} does not. */
    private Status remote(long author, String name, String policy) {
        Status post = world.remotePost(author, name, Visibility.PUBLIC);
        database.execute("update status set quote_policy = $2 where id = $1", post.id(), policy);
        return world.statuses.byId(post.id()).orElseThrow();
    }

    private QuoteStore.Quoting of(Status quoting) {
        return world.quotes.of(quoting.id()).orElseThrow();
    }

    private int count(Status quoted) {
        return world.statuses.byId(quoted.id()).orElseThrow().quotesCount();
    }

    private List<Notification> notifications(long account, NotificationType type) {
        return world.notifications.list(account, Page.first(80), List.of(type), List.of(), null);
    }

    @Test
    void quoteBetweenLocalPeopleIsDecidedAtOnce() {
        Status quoted = post(ALICE, Visibility.PUBLIC, "public");
        Status quoting = quote(DORA, "Look at this", quoted, Visibility.PUBLIC);
        assertEquals(QuoteState.ACCEPTED, of(quoting).state());
        assertEquals("https://village.example/users/alice/quote_authorizations/" + quoting.id(), of(quoting).authorizationUri());
        assertEquals(1, count(quoted));
        assertTrue(notifications(ALICE, NotificationType.QUOTE).stream().anyMatch(each -> each.statusId() == quoting.id() && each.fromAccountId() == DORA));
        assertEquals("<p class=\"quote-inline\">RE: <a href=\"" + quoted.url() + "\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">"
            + quoted.url() + "</a></p><p>Look at this</p>", quoting.content());
        assertEquals("Look at this", quoting.textSource());
    }

    @Test
    void quoteNeedsNoTextAndRepeatsNoLink() {
        Status quoted = post(ALICE, Visibility.PUBLIC, "public");
        assertTrue(quote(DORA, "", quoted, Visibility.PUBLIC).content().startsWith("<p class=\"quote-inline\">"));
        assertFalse(quote(DORA, "See " + quoted.url(), quoted, Visibility.PUBLIC).content().contains("quote-inline"));
    }

    @Test
    void ownPostsNeedNoStamp() {
        Status quoted = post(ALICE, Visibility.PUBLIC, "nobody");
        Status quoting = quote(ALICE, "As I said", quoted, Visibility.PUBLIC);
        assertEquals(QuoteState.ACCEPTED, of(quoting).state());
        assertEquals(null, of(quoting).authorizationUri());
        assertTrue(notifications(ALICE, NotificationType.QUOTE).stream().noneMatch(each -> each.statusId() == quoting.id()));
    }

    @Test
    void whatThePolicyForbidsIsNotThere() {
        assertEquals(404, refused(DORA, post(ALICE, Visibility.PUBLIC, "nobody"), Visibility.PUBLIC));
        Status forFollowers = post(ALICE, Visibility.PUBLIC, "followers");
        assertEquals(404, refused(DORA, forFollowers, Visibility.PUBLIC));
        assertEquals(QuoteState.ACCEPTED, of(quote(BOB, "I may", forFollowers, Visibility.PUBLIC)).state());
        assertEquals(404, refused(BOB, post(CAROL, Visibility.PRIVATE, null), Visibility.PRIVATE));
        assertEquals(404, refused(DORA, post(CAROL, Visibility.PRIVATE, null), Visibility.PRIVATE));
        assertEquals(404, refused(ALICE, post(ALICE, Visibility.DIRECT, null), Visibility.DIRECT));
    }

    @Test
    void privatePostsAreQuotedPrivately() {
        Status secret = post(ALICE, Visibility.PRIVATE, "public");
        assertEquals("nobody", secret.quotePolicy());
        assertEquals(Visibility.PRIVATE, quote(ALICE, "Again", secret, Visibility.PUBLIC).visibility());
        assertEquals(Visibility.DIRECT, quote(ALICE, "Psst", secret, Visibility.DIRECT).visibility());
    }

    @Test
    void postsThatStayAreQuotedByPostsThatStay() {
        Status local = post(ALICE, Visibility.LOCAL, null);
        assertEquals(Visibility.LOCAL, quote(ALICE, "Here", local, Visibility.PUBLIC).visibility());
        assertEquals(422, refused(ALICE, local, Visibility.PRIVATE));
        assertEquals(422, refused(ALICE, remote(FRIDA, "for-local", "public"), Visibility.LOCAL));
    }

    @Test
    void directQuoteNeedsItsAuthorMentioned() {
        Status quoted = post(ALICE, Visibility.PUBLIC, "public");
        assertEquals(422, refused(DORA, quoted, Visibility.DIRECT));
        assertEquals(QuoteState.ACCEPTED, of(quote(DORA, "@alice hm", quoted, Visibility.DIRECT)).state());
    }

    @Test
    void quotedAuthorMayReadAPrivateQuote() {
        Status quoted = post(DORA, Visibility.PUBLIC, "public");
        Status quoting = quote(CAROL, "For my followers", quoted, Visibility.PRIVATE);
        assertTrue(world.visibility.maySee(Viewer.of(DORA), quoting));
        assertFalse(world.visibility.maySee(Viewer.of(ALICE), quoting));
    }

    @Test
    void quoteOfABoostQuotesThePostInside() {
        Status quoted = post(ALICE, Visibility.PUBLIC, "public");
        Status boost = world.actions.reblog(world.village.account(BOB), quoted.id(), null);
        assertEquals(quoted.id(), of(quote(DORA, "Inside", boost, Visibility.PUBLIC)).quotedStatusId().getAsLong());
    }

    @Test
    void remoteAuthorIsAskedWithTheWholePost() throws JsonProcessingException {
        Status quoted = remote(FRIDA, "asked", "public");
        Status quoting = quote(ALICE, "May I?", quoted, Visibility.PUBLIC);
        assertEquals(QuoteState.PENDING, of(quoting).state());
        JsonNode request = sent("https://village.example/users/alice#quote-requests/" + quoting.id());
        assertEquals("QuoteRequest", request.path("type").asText());
        assertEquals(quoted.uri(), request.path("object").asText());
        assertEquals(quoting.uri(), request.at("/instrument/id").asText());
        assertEquals(quoted.uri(), request.at("/instrument/quote").asText());
        assertFalse(request.path("instrument").has("quoteAuthorization"));
        assertTrue(request.at("/instrument/cc").toString().contains("https://far.example/users/frida"));
        assertEquals(0, count(quoted));
        assertEquals("https://far.example/inbox", database.first("select inbox_url from delivery join outgoing_activity on outgoing_activity.id = activity_id where uri = $1",
            row -> row.getString("inbox_url"), of(quoting).requestUri()).orElseThrow());
    }

    private JsonNode sent(String uri) throws JsonProcessingException {
        Optional<String> body = database.first("select body from outgoing_activity where uri = $1", row -> row.getString("body"), uri);
        return new ObjectMapper().readTree(body.orElseThrow());
    }

    @Test
    void remoteAuthorWhoseServerKnowsNoConsentIsQuotedTheOldWay() {
        Status quoted = remote(HEDY, "old", "unknown");
        Status quoting = quote(ALICE, "The old way", quoted, Visibility.PUBLIC);
        assertEquals(QuoteState.ACCEPTED, of(quoting).state());
        assertTrue(of(quoting).legacy());
        assertFalse(database.exists("select from outgoing_activity where uri like '%#quote-requests/' || $1", Long.toString(quoting.id())));
        assertEquals(404, refused(ALICE, remote(HEDY, "forbidden", "nobody"), Visibility.PUBLIC));
    }

    @Test
    void acceptedQuotesAreListedForWhoMaySeeThem() {
        Status quoted = post(ALICE, Visibility.PUBLIC, "public");
        Status first = quote(DORA, "One", quoted, Visibility.PUBLIC);
        Status hidden = quote(CAROL, "Two", quoted, Visibility.PRIVATE);
        Status third = quote(BOB, "Three", quoted, Visibility.UNLISTED);
        assertEquals(List.of(third.id(), hidden.id(), first.id()), listed(ALICE, quoted, Page.first(20)));
        assertEquals(List.of(third.id(), first.id()), listed(DORA, quoted, Page.first(20)));
        assertEquals(List.of(first.id()), listed(DORA, quoted, new Page(third.id(), null, null, 20)));
        world.village.mute(ALICE, DORA);
        assertEquals(List.of(third.id(), hidden.id()), listed(ALICE, quoted, Page.first(20)));
        database.execute("delete from mute where account_id = $1", ALICE);
    }

    private List<Long> listed(long viewer, Status quoted, Page page) {
        return world.quoteService.quotes(Viewer.of(viewer), quoted.id(), page).stream().map(each -> each.status().id()).toList();
    }

    @Test
    void consentIsTakenBackByTheQuotedAuthorAlone() {
        Status quoted = post(ALICE, Visibility.PUBLIC, "public");
        Status quoting = quote(DORA, "Not for long", quoted, Visibility.PUBLIC);
        assertEquals(404, assertThrows(Refusal.class,
            () -> world.quoteService.revoke(world.village.account(DORA), quoted.id(), quoting.id())).status());
        world.outbox.taken();
        world.quoteService.revoke(world.village.account(ALICE), quoted.id(), quoting.id());
        world.quoteService.revoke(world.village.account(ALICE), quoted.id(), quoting.id());
        assertEquals(QuoteState.REVOKED, of(quoting).state());
        assertEquals(0, count(quoted));
        assertEquals(List.of("statusEdited " + quoting.id()), world.outbox.taken());
        assertTrue(database.exists("select from outgoing_activity where uri = $1 and body like '%\"Delete\"%'", of(quoting).authorizationUri() + "#delete"),
            "Gustav's server may have been shown the quote");
        assertEquals(QuoteState.REVOKED, world.quoteService.stamp(world.village.account(ALICE), quoting.id()).orElseThrow().state());
        assertEquals(404, assertThrows(Refusal.class,
            () -> world.quoteService.revoke(world.village.account(ALICE), quoted.id(), quoted.id())).status());
    }

    @Test
    void stampIsOfItsAuthorOnly() {
        Status quoting = quote(DORA, "Stamped", post(ALICE, Visibility.PUBLIC, "public"), Visibility.PUBLIC);
        QuoteService.Stamp stamp = world.quoteService.stamp(world.village.account(ALICE), quoting.id()).orElseThrow();
        assertEquals(quoting.uri(), stamp.quotingUri());
        assertEquals(QuoteState.ACCEPTED, stamp.state());
        assertTrue(world.quoteService.stamp(world.village.account(BOB), quoting.id()).isEmpty());
        assertTrue(world.quoteService.stamp(world.village.account(ALICE), 12345).isEmpty());
    }

    @Test
    void policyIsChangedAndToldWithoutANewVersion() {
        Status quoted = post(ALICE, Visibility.PUBLIC, "public");
        world.outbox.taken();
        assertEquals("nobody", world.quoteService.changePolicy(world.village.account(ALICE), quoted.id(), "nobody").quotePolicy());
        assertEquals(List.of("statusEdited " + quoted.id()), world.outbox.taken());
        assertEquals(null, world.statuses.byId(quoted.id()).orElseThrow().editedAt());
        assertEquals(404, refused(DORA, quoted, Visibility.PUBLIC));
        assertEquals(422, assertThrows(Refusal.class,
            () -> world.quoteService.changePolicy(world.village.account(ALICE), quoted.id(), "everybody")).status());
        assertEquals(404, assertThrows(Refusal.class,
            () -> world.quoteService.changePolicy(world.village.account(BOB), quoted.id(), "public")).status());
    }

    @Test
    void editKeepsTheQuoteAndWhoQuotesLearnsOfIt() {
        Status quoted = post(ALICE, Visibility.PUBLIC, "public");
        Status quoting = quote(DORA, "Before", quoted, Visibility.PUBLIC);
        Status edited = world.service.edit(world.village.account(DORA), quoting.id(), StatusChange.text(""));
        assertTrue(edited.content().startsWith("<p class=\"quote-inline\">"));
        assertEquals(QuoteState.ACCEPTED, of(quoting).state());
        world.service.edit(world.village.account(ALICE), quoted.id(), StatusChange.text("I never said that"));
        Notification told = notifications(DORA, NotificationType.QUOTED_UPDATE).getFirst();
        assertEquals(quoting.id(), told.statusId());
        assertEquals(ALICE, told.fromAccountId());
    }

    @Test
    void remoteEditIsToldToWhoQuotesIt() {
        Status quoted = remote(GUSTAV, "editable", "unknown");
        Status quoting = quote(DORA, "Look", quoted, Visibility.PUBLIC);
        RemoteStatus note = world.note(GUSTAV, "editable", Visibility.PUBLIC, quoted.createdAt());
        world.remote.update(new RemoteStatus(note.uri(), note.url(), GUSTAV, "Note", Visibility.PUBLIC, null, "", "<p>changed</p>", null, null, "en", false,
            null, null, null, "unknown", note.published(), Instant.now().plusSeconds(5), List.of(), List.of(), List.of(), List.of(), null, null));
        assertTrue(notifications(DORA, NotificationType.QUOTED_UPDATE).stream().anyMatch(each -> each.statusId() == quoting.id()));
    }

    @Test
    void deletedPostsLeaveNothingBehind() {
        Status quoted = post(ALICE, Visibility.PUBLIC, "public");
        Status kept = quote(DORA, "Kept", quoted, Visibility.PUBLIC);
        Status deleted = quote(BOB, "Deleted", quoted, Visibility.PUBLIC);
        assertEquals(2, count(quoted));
        world.service.delete(world.village.account(BOB), deleted.id(), false, status -> status);
        assertEquals(1, count(quoted));
        world.service.delete(world.village.account(ALICE), quoted.id(), false, status -> status);
        assertEquals(QuoteState.DELETED, of(kept).state());
        assertTrue(world.quoteService.stamp(world.village.account(ALICE), kept.id()).isEmpty());
    }

    @Test
    void quoteThatStaysHereIsNothingToTellOthersOf() {
        Status quoted = post(ALICE, Visibility.PUBLIC, "public");
        Status quoting = quote(BOB, "Among us", quoted, Visibility.LOCAL);
        assertEquals(QuoteState.ACCEPTED, of(quoting).state());
        assertTrue(world.quoteService.stamp(world.village.account(ALICE), quoting.id()).isEmpty());
        database.execute("delete from outgoing_activity");
        world.quoteService.revoke(world.village.account(ALICE), quoted.id(), quoting.id());
        assertEquals(QuoteState.REVOKED, of(quoting).state());
        assertFalse(database.exists("select from outgoing_activity"));
    }
}
