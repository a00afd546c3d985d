package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.federation.worker.quote.QuoteCheckHandler;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobRun;
import social.dunlin.status.NewStatus;
import social.dunlin.status.QuoteCheck;
import social.dunlin.status.QuoteState;
import social.dunlin.status.QuoteStore.Quoting;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;
import social.dunlin.visibility.Viewer;

/** The handshake of FEP-044f with other servers, both ways, and posts that quote. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotesInboxTest {
    private static final String ALICE = "https://village.example/users/alice";
    private static final String ALLOWED = "\"interactionPolicy\": {\"canQuote\": {\"automaticApproval\": [\"https://www.w3.org/ns/activitystreams#Public\"]}}";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Database database;
    private FederationWorld world;
    private InboxHandler handler;
    private QuoteCheckHandler checker;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        InboxWorld inbox = new InboxWorld(database, vertx, options);
        world = inbox.federation;
        handler = inbox.handler;
        checker = new QuoteCheckHandler(world.posts.remoteQuotes, world.objects, world.fetcher);
    }

    @AfterAll
    void end() {
        world.close();
    }

    private void receive(Account sender, String activity) {
        handler.handle(new JobRun(NUMBER.incrementAndGet(), InboxJob.KIND, new InboxJob(sender.uri(), activity).job().payload(), 1, ""));
    }

    private static String activity(Account sender, String type, String object, String more) {
        return """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s#%s-%d", "type": "%s", "actor": "%s", "object": %s%s}"""
            .formatted(sender.uri(), type, NUMBER.incrementAndGet(), type, sender.uri(), object, more);
    }

    private static String text(String value) {
        return "\"" + value + "\"";
    }

    private Account actor(String server) {
        String uri = world.settle(server, "q" + NUMBER.incrementAndGet());
        world.actors.byUri(uri, Budgets.forActivity());
        return world.accounts.byUri(uri).orElseThrow();
    }

    /** One whom Alice follows. */
    private Account friend(String server) {
        Account account = actor(server);
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", Village.ALICE, account.id());
        return account;
    }

    /** A Note of theirs, with further members. */
    private static String note(String uri, Account author, String members) {
        return "{" + members + ", " + FederationWorld.note(uri, author.uri(), null).strip().substring(1);
    }

    private String uriOf(Account author) {
        return author.uri() + "/notes/" + NUMBER.incrementAndGet();
    }

    private Status post(String policy) {
        return world.posts.service.publish(world.posts.village.account(Village.ALICE), new NewStatus("Quote me", null, null, Visibility.PUBLIC, null,
            null, null, null, policy, List.of(), null, null, null, null));
    }

    private Status byUri(String uri) {
        return world.posts.statuses.byUri(uri).orElseThrow();
    }

    private Optional<Quoting> quoteIn(String uri) {
        return world.posts.quotes.of(byUri(uri).id());
    }

    private QuoteState stateOf(String uri) {
        return quoteIn(uri).orElseThrow().state();
    }

    /** Does the waiting jobs of this kind about the post, as a worker would. */
    private void check(String uri) {
        String id = Long.toString(byUri(uri).id());
        while (database.execute("delete from job where kind = $1 and payload = $2", QuoteCheck.KIND, id) > 0) {
            checker.handle(new JobRun(NUMBER.incrementAndGet(), QuoteCheck.KIND, id, 6, ""));
        }
    }

    private JsonNode answer(Account to, String type) throws JsonProcessingException {
        String body = database.first("""
            select body from outgoing_activity join delivery on delivery.activity_id = outgoing_activity.id
            where inbox_url = $1 and body like '%"type":"' || $2 || '"%' order by outgoing_activity.id desc limit 1""",
            row -> row.getString("body"), to.inboxUrl(), type).orElseThrow();
        return new ObjectMapper().readTree(body);
    }

    // ---------------------------------------------------------------- asked by others

    @Test
    void requestThePolicyAllowsIsAcceptedWithAStamp() throws JsonProcessingException {
        Status quoted = post("public");
        Account asker = actor("far");
        String uri = uriOf(asker);
        world.fediverse.serve(uri, note(uri, asker, "\"quote\": \"" + quoted.uri() + "\""));
        String request = activity(asker, "QuoteRequest", text(quoted.uri()), ", \"instrument\": \"" + uri + "\"");
        receive(asker, request);
        Quoting quote = quoteIn(uri).orElseThrow();
        assertEquals(QuoteState.ACCEPTED, quote.state());
        JsonNode accept = answer(asker, "Accept");
        assertEquals(ALICE + "/quote_authorizations/" + quote.statusId(), accept.path("result").asText());
        assertEquals(new ObjectMapper().readTree(request).path("id"), accept.at("/object/id"));
        assertEquals(uri, accept.at("/object/instrument").asText());
        assertEquals(1, byUri(quoted.uri()).quotesCount());
        assertTrue(world.posts.notifications.list(Village.ALICE, Page.first(40), List.of(NotificationType.QUOTE), List.of(), asker.id()).stream()
            .anyMatch(each -> each.statusId() == quote.statusId()));
    }

    @Test
    void privateQuotingPostComesWithTheRequestAndIsTheQuotedAuthorsToRead() {
        Status quoted = post("public");
        Account asker = actor("far");
        String uri = uriOf(asker);
        String inline = note(uri, asker, "\"quote\": \"" + quoted.uri() + "\"").replace("https://www.w3.org/ns/activitystreams#Public", asker.followersUrl());
        receive(asker, activity(asker, "QuoteRequest", text(quoted.uri()), ", \"instrument\": " + inline));
        assertEquals(QuoteState.ACCEPTED, stateOf(uri));
        assertEquals(Visibility.PRIVATE, byUri(uri).visibility());
        assertTrue(world.posts.visibility.maySee(Viewer.of(Village.ALICE), byUri(uri)));
        assertFalse(world.posts.visibility.maySee(Viewer.of(Village.DORA), byUri(uri)));
    }

    @Test
    void requestTheFormOfACreateHasComeBeforeIsTheSameQuote() throws JsonProcessingException {
        Status quoted = post("public");
        Account asker = friend("far");
        String uri = uriOf(asker);
        String note = note(uri, asker, "\"quote\": \"" + quoted.uri() + "\"");
        receive(asker, activity(asker, "Create", note, ""));
        assertEquals(QuoteState.PENDING, stateOf(uri));
        receive(asker, activity(asker, "QuoteRequest", text(quoted.uri()), ", \"instrument\": " + note));
        receive(asker, activity(asker, "QuoteRequest", text(quoted.uri()), ", \"instrument\": " + note));
        assertEquals(QuoteState.ACCEPTED, stateOf(uri));
        assertEquals(1, byUri(quoted.uri()).quotesCount());
        assertEquals("Accept", answer(asker, "Accept").path("type").asText());
    }

    @Test
    void requestThePolicyForbidsIsRejected() throws JsonProcessingException {
        Status quoted = post("nobody");
        Account asker = friend("far");
        String uri = uriOf(asker);
        receive(asker, activity(asker, "Create", note(uri, asker, "\"quote\": \"" + quoted.uri() + "\""), ""));
        receive(asker, activity(asker, "QuoteRequest", text(quoted.uri()), ", \"instrument\": \"" + uri + "\""));
        assertEquals(QuoteState.REJECTED, stateOf(uri));
        assertEquals(uri, answer(asker, "Reject").at("/object/instrument").asText());
        assertEquals(0, byUri(quoted.uri()).quotesCount());
    }

    @Test
    void policyForFollowersAsksForAFollow() {
        Status quoted = post("followers");
        Account follower = actor("far");
        Account stranger = actor("far");
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", follower.id(), Village.ALICE);
        for (Account asker : List.of(follower, stranger)) {
            String uri = uriOf(asker);
            receive(asker, activity(asker, "QuoteRequest", text(quoted.uri()),
                ", \"instrument\": " + note(uri, asker, "\"quote\": \"" + quoted.uri() + "\"")));
            assertEquals(asker.id() == follower.id(), world.posts.statuses.byUri(uri).isPresent());
        }
    }

    @Test
    void requestForAPostThatDoesNotQuoteItIsRejected() throws JsonProcessingException {
        Status quoted = post("public");
        Account asker = actor("far");
        String uri = uriOf(asker);
        receive(asker, activity(asker, "QuoteRequest", text(quoted.uri()), ", \"instrument\": " + note(uri, asker, "\"quote\": \"" + post("public").uri() + "\"")));
        assertEquals("Reject", answer(asker, "Reject").path("type").asText());
        assertEquals(0, byUri(quoted.uri()).quotesCount());
    }

    @Test
    void requestForSomebodyElsesPostOrAboutAHiddenOneIsIgnored() {
        Account asker = actor("far");
        Account other = actor("other");
        Status quoted = post("public");
        String foreign = uriOf(other);
        world.fediverse.serve(foreign, note(foreign, other, "\"quote\": \"" + quoted.uri() + "\""));
        receive(asker, activity(asker, "QuoteRequest", text(quoted.uri()), ", \"instrument\": \"" + foreign + "\""));
        Status secret = world.posts.post(Village.CAROL, "For followers", Visibility.PRIVATE);
        String uri = uriOf(asker);
        receive(asker, activity(asker, "QuoteRequest", text(secret.uri()), ", \"instrument\": " + note(uri, asker, "\"quote\": \"" + secret.uri() + "\"")));
        assertFalse(database.exists("select from delivery where inbox_url = $1", asker.inboxUrl()));
        assertTrue(world.posts.statuses.byUri(uri).isEmpty() && world.posts.statuses.byUri(foreign).isEmpty());
    }

    @Test
    void quotingPostThatCannotBeHadYetIsTriedAgain() {
        Account asker = actor("far");
        Status quoted = post("public");
        String request = activity(asker, "QuoteRequest", text(quoted.uri()), ", \"instrument\": \"" + uriOf(asker) + "\"");
        assertThrows(JobFailure.class, () -> receive(asker, request));
    }

    @Test
    void consentTakenBackIsNotGivenAgainOnRequest() throws JsonProcessingException {
        Status quoted = post("public");
        Account asker = actor("far");
        String uri = uriOf(asker);
        String note = note(uri, asker, "\"quote\": \"" + quoted.uri() + "\"");
        receive(asker, activity(asker, "QuoteRequest", text(quoted.uri()), ", \"instrument\": " + note));
        world.posts.quoteService.revoke(world.posts.village.account(Village.ALICE), quoted.id(), byUri(uri).id());
        JsonNode revocation = answer(asker, "Delete");
        assertEquals(ALICE + "/quote_authorizations/" + byUri(uri).id(), revocation.path("object").asText());
        receive(asker, activity(asker, "Update", FederationWorld.note(uri, asker.uri(), null), ""));
        assertEquals(QuoteState.REVOKED, stateOf(uri), "leaving the quote out is obeying");
        receive(asker, activity(asker, "QuoteRequest", text(quoted.uri()), ", \"instrument\": " + note));
        assertEquals(QuoteState.REVOKED, stateOf(uri));
        assertEquals("Reject", answer(asker, "Reject").path("type").asText());
    }

    // ---------------------------------------------------------------- answered by others

    /** A post of Alice's that quotes one of somebody elsewhere whose server knows of consent. */
    private Status asking(Account author) {
        String uri = uriOf(author);
        receive(author, activity(author, "Create", note(uri, author, ALLOWED), ""));
        return world.posts.service.publish(world.posts.village.account(Village.ALICE), new NewStatus("May I?", null, null, Visibility.PUBLIC, null, null,
            null, byUri(uri).id(), null, List.of(), null, null, null, null));
    }

    private String requestOf(Status quoting) {
        return world.posts.quotes.of(quoting.id()).orElseThrow().requestUri();
    }

    private String quotedUri(Status quoting) {
        return world.posts.quotes.of(quoting.id()).orElseThrow().quotedUri();
    }

    private String stamp(String uri, String author, String quoting, String quoted) {
        return """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s", "type": "QuoteAuthorization", "attributedTo": "%s",
             "gts:interactingObject": "%s", "interactionTarget": {"id": "%s"}}""".formatted(uri, author, quoting, quoted);
    }

    @Test
    void acceptCountsOnceItsStampIsFetchedFromItsOrigin() {
        Account author = friend("far");
        Status quoting = asking(author);
        String stamp = author.uri() + "/stamps/1";
        String embedded = stamp(stamp, author.uri(), quoting.uri(), quotedUri(quoting));
        receive(author, activity(author, "Accept", text(requestOf(quoting)), ", \"result\": " + embedded));
        check(quoting.uri());
        assertEquals(QuoteState.PENDING, stateOf(quoting.uri()), "the embedded stamp alone proves nothing");
        database.execute("delete from fetch_failure");
        world.fediverse.serve(stamp, embedded);
        world.posts.outbox.taken();
        receive(author, activity(author, "Accept", text(requestOf(quoting)), ", \"result\": \"" + stamp + "\""));
        check(quoting.uri());
        assertEquals(QuoteState.ACCEPTED, stateOf(quoting.uri()));
        assertEquals(1, byUri(quotedUri(quoting)).quotesCount());
        assertEquals(List.of("statusEdited " + quoting.id()), world.posts.outbox.taken());
        assertEquals(stamp, world.notes.view(quoting).quote().authorization());
    }

    @Test
    void acceptOfAnEmbeddedRequestIsUnderstoodByItsPost() {
        Account author = friend("far");
        Status quoting = asking(author);
        String stamp = author.uri() + "/stamps/2";
        world.fediverse.serve(stamp, stamp(stamp, author.uri(), quoting.uri(), quotedUri(quoting)));
        receive(author, activity(author, "Accept", """
            {"type": "QuoteRequest", "actor": "%s", "object": "%s", "instrument": "%s"}""".formatted(ALICE, quotedUri(quoting), quoting.uri()),
            ", \"result\": \"" + stamp + "\""));
        check(quoting.uri());
        assertEquals(QuoteState.ACCEPTED, stateOf(quoting.uri()));
    }

    @Test
    void onlyTheQuotedAuthorAnswers() {
        Account author = friend("far");
        Account meddler = actor("far");
        Status quoting = asking(author);
        String stamp = meddler.uri() + "/stamps/1";
        world.fediverse.serve(stamp, stamp(stamp, meddler.uri(), quoting.uri(), quotedUri(quoting)));
        receive(meddler, activity(meddler, "Accept", text(requestOf(quoting)), ", \"result\": \"" + stamp + "\""));
        receive(meddler, activity(meddler, "Reject", text(requestOf(quoting)), ""));
        check(quoting.uri());
        assertEquals(QuoteState.PENDING, stateOf(quoting.uri()));
    }

    @Test
    void rejectEndsARequestAndLaterAQuote() {
        Account author = friend("far");
        Status refused = asking(author);
        receive(author, activity(author, "Reject", text(requestOf(refused)), ""));
        assertEquals(QuoteState.REJECTED, stateOf(refused.uri()));
        Status quoting = accepted(author, "/stamps/3");
        receive(author, activity(author, "Reject", text(requestOf(quoting)), ""));
        assertEquals(QuoteState.REVOKED, stateOf(quoting.uri()));
        assertEquals(0, byUri(quotedUri(quoting)).quotesCount());
    }

    private Status accepted(Account author, String path) {
        Status quoting = asking(author);
        String stamp = author.uri() + path;
        world.fediverse.serve(stamp, stamp(stamp, author.uri(), quoting.uri(), quotedUri(quoting)));
        receive(author, activity(author, "Accept", text(requestOf(quoting)), ", \"result\": \"" + stamp + "\""));
        check(quoting.uri());
        assertEquals(QuoteState.ACCEPTED, stateOf(quoting.uri()));
        return quoting;
    }

    @Test
    void deletedStampTakesTheQuoteBack() {
        Account author = friend("far");
        Account meddler = actor("far");
        Status quoting = accepted(author, "/stamps/4");
        String stamp = author.uri() + "/stamps/4";
        receive(meddler, activity(meddler, "Delete", text(stamp), ""));
        assertEquals(QuoteState.ACCEPTED, stateOf(quoting.uri()));
        world.posts.outbox.taken();
        receive(author, activity(author, "Delete", "{\"id\": \"" + stamp + "\", \"type\": \"QuoteAuthorization\"}", ""));
        assertEquals(QuoteState.REVOKED, stateOf(quoting.uri()));
        assertEquals(List.of("statusEdited " + quoting.id()), world.posts.outbox.taken());
        assertEquals(null, world.notes.view(quoting).quote());
    }

    // ---------------------------------------------------------------- posts of others that quote

    @ParameterizedTest
    @CsvSource({
        "right,          ACCEPTED",
        "other author,   UNAUTHORIZED",
        "other quoting,  UNAUTHORIZED",
        "other quoted,   UNAUTHORIZED",
        "gone,           UNAUTHORIZED",
        "silent,         PENDING",
    })
    void quoteOfAThirdPartysPostNeedsItsStamp(String stampIs, QuoteState expected) {
        Account author = friend("far");
        Account quoter = friend("other");
        String quoted = uriOf(author);
        world.fediverse.serve(quoted, note(quoted, author, ALLOWED));
        String quoting = uriOf(quoter);
        String stamp = author.uri() + "/stamps/" + NUMBER.incrementAndGet();
        switch (stampIs) {
            case "right" -> world.fediverse.serve(stamp, stamp(stamp, author.uri(), quoting, quoted));
            case "other author" -> world.fediverse.serve(stamp, stamp(stamp, quoter.uri(), quoting, quoted));
            case "other quoting" -> world.fediverse.serve(stamp, stamp(stamp, author.uri(), quoting + "/2", quoted));
            case "other quoted" -> world.fediverse.serve(stamp, stamp(stamp, author.uri(), quoting, quoted + "/2"));
            case "gone" -> world.fediverse.answer(stamp, request -> Answer.status(410));
            default -> world.fediverse.answer(stamp, request -> Answer.status(503));
        }
        receive(quoter, activity(quoter, "Create",
            note(quoting, quoter, "\"quote\": \"" + quoted + "\", \"quoteAuthorization\": \"" + stamp + "\""), ""));
        assertEquals(QuoteState.PENDING, stateOf(quoting));
        check(quoting);
        assertEquals(expected, stateOf(quoting));
    }

    @ParameterizedTest
    @CsvSource({"403", "404", "503"})
    void stampThatCannotBeHadNowIsAskedForAgain(int status) {
        Account author = friend("far");
        Account quoter = friend("other");
        String quoted = uriOf(author);
        world.fediverse.serve(quoted, note(quoted, author, ALLOWED));
        String quoting = uriOf(quoter);
        String stamp = author.uri() + "/stamps/" + NUMBER.incrementAndGet();
        world.fediverse.answer(stamp, request -> Answer.status(status));
        receive(quoter, activity(quoter, "Create",
            note(quoting, quoter, "\"quote\": \"" + quoted + "\", \"quoteAuthorization\": \"" + stamp + "\""), ""));
        String id = Long.toString(byUri(quoting).id());
        JobRun found = new JobRun(NUMBER.incrementAndGet(), QuoteCheck.KIND, id, 1, "");
        assertThrows(RuntimeException.class, () -> checker.handle(found));
        assertEquals(QuoteState.PENDING, stateOf(quoting));
    }

    @Test
    void hostileInput46_stampForgedByTheQuotersOwnServerShowsNoQuote() {
        Account author = friend("victim");
        Account quoter = friend("evil");
        String quoted = uriOf(author);
        world.fediverse.serve(quoted, note(quoted, author, "\"interactionPolicy\": {\"canQuote\": {\"automaticApproval\": [\"" + author.uri() + "\"]}}"));
        String quoting = uriOf(quoter);
        String stamp = quoter.uri() + "/stamps/1";
        world.fediverse.serve(stamp, stamp(stamp, author.uri(), quoting, quoted));
        receive(quoter, activity(quoter, "Create",
            note(quoting, quoter, "\"quote\": \"" + quoted + "\", \"quoteAuthorization\": \"" + stamp + "\""), ""));
        check(quoting);
        assertEquals(QuoteState.UNAUTHORIZED, stateOf(quoting));
        assertEquals(0, world.fediverse.count(stamp), "it is not even asked for");
    }

    @Test
    void hostileInput46_oldFormDoesNotGetAroundConsent() {
        Account author = friend("victim");
        Account quoter = friend("evil");
        String quoted = uriOf(author);
        world.fediverse.serve(quoted, note(quoted, author, "\"interactionPolicy\": {\"canQuote\": {\"automaticApproval\": [\"" + author.uri() + "\"]}}"));
        String quoting = uriOf(quoter);
        receive(quoter, activity(quoter, "Create", note(quoting, quoter, "\"_misskey_quote\": \"" + quoted + "\""), ""));
        check(quoting);
        assertEquals(QuoteState.UNAUTHORIZED, stateOf(quoting));
        Status ours = post("nobody");
        String quotingOurs = uriOf(quoter);
        receive(quoter, activity(quoter, "Create", note(quotingOurs, quoter, "\"quoteUri\": \"" + ours.uri() + "\""), ""));
        assertEquals(QuoteState.REJECTED, stateOf(quotingOurs));
        String claiming = uriOf(quoter);
        receive(quoter, activity(quoter, "Create", note(claiming, quoter, "\"quote\": \"" + ours.uri() + "\", \"quoteAuthorization\": \""
            + ALICE + "/quote_authorizations/1\""), ""));
        check(claiming);
        assertEquals(QuoteState.PENDING, stateOf(claiming), "a stamp of ours is ours to know");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"_misskey_quote\": \"%s\"", "\"quoteUrl\": \"%s\"", "\"quoteUri\": \"%s\"", """
        "tag": [{"type": "Link", "mediaType": "application/ld+json; profile=\\"https://www.w3.org/ns/activitystreams\\"",\
         "rel": "https://misskey-hub.net/ns#_misskey_quote", "href": "%s"}]"""})
    void oldFormsHoldWhereNobodyKnowsOfConsent(String member) {
        Account author = friend("far");
        Account quoter = friend("other");
        String quoted = uriOf(author);
        world.fediverse.serve(quoted, FederationWorld.note(quoted, author.uri(), null));
        String quoting = uriOf(quoter);
        receive(quoter, activity(quoter, "Create", note(quoting, quoter, member.formatted(quoted)), ""));
        check(quoting);
        assertEquals(QuoteState.ACCEPTED, stateOf(quoting));
        assertTrue(quoteIn(quoting).orElseThrow().legacy());
    }

    @Test
    void strangersQuoteOfAPostOfOursInTheOldFormIsToldToItsAuthor() {
        Account stranger = actor("other");
        Status ours = post("public");
        String quoting = uriOf(stranger);
        receive(stranger, activity(stranger, "Create", note(quoting, stranger, "\"quoteUrl\": \"" + ours.uri() + "\""), ""));
        assertEquals(QuoteState.ACCEPTED, stateOf(quoting));
        assertTrue(world.posts.notifications.list(Village.ALICE, Page.first(40), List.of(NotificationType.QUOTE), List.of(), stranger.id()).stream()
            .anyMatch(each -> each.statusId() == byUri(quoting).id()));
    }

    @Test
    void consentTakenBackIsNotRegainedByEditing() {
        Account stranger = actor("evil");
        Status ours = post("public");
        String quoting = uriOf(stranger);
        String note = note(quoting, stranger, "\"quoteUrl\": \"" + ours.uri() + "\"");
        receive(stranger, activity(stranger, "Create", note, ""));
        world.posts.quoteService.revoke(world.posts.village.account(Village.ALICE), ours.id(), byUri(quoting).id());
        int hour = 11;
        for (String version : List.of(note.replace(ours.uri(), post("public").uri()), FederationWorld.note(quoting, stranger.uri(), null), note)) {
            receive(stranger, activity(stranger, "Update", version.replace("\"published\"", "\"updated\": \"2026-11-21T" + hour++ + ":00:00Z\", \"published\""), ""));
            assertEquals(QuoteState.REVOKED, stateOf(quoting));
        }
    }

    @Test
    void hostileInput104_whoIsBlockedByTheQuotedAuthorChangesNoEarlierQuote() {
        Account quoter = actor("other");
        Status ours = post("public");
        String quoting = uriOf(quoter);
        String note = note(quoting, quoter, "\"quoteUrl\": \"" + ours.uri() + "\"");
        receive(quoter, activity(quoter, "Create", note, ""));
        world.posts.village.block(Village.ALICE, quoter.id());
        receive(quoter, activity(quoter, "Update", note.replace("<p>text</p>", "<p>now insulting</p>")
            .replace("\"published\"", "\"updated\": \"2026-11-21T10:00:00Z\", \"published\""), ""));
        assertEquals("<p>text</p>", byUri(quoting).content());
    }

    @Test
    void ownPostIsQuotedWithoutAStamp() {
        Account author = friend("far");
        String quoted = uriOf(author);
        receive(author, activity(author, "Create", note(quoted, author, ALLOWED), ""));
        String quoting = uriOf(author);
        receive(author, activity(author, "Create", note(quoting, author, "\"quote\": \"" + quoted + "\""), ""));
        assertEquals(QuoteState.ACCEPTED, stateOf(quoting));
    }

    @Test
    void updateBringsTheStampOrTakesTheQuoteOut() {
        Account author = friend("far");
        Account quoter = friend("other");
        String quoted = uriOf(author);
        receive(author, activity(author, "Create", note(quoted, author, ALLOWED), ""));
        String quoting = uriOf(quoter);
        String plain = "\"quote\": \"" + quoted + "\"";
        receive(quoter, activity(quoter, "Create", note(quoting, quoter, plain), ""));
        assertEquals(QuoteState.PENDING, stateOf(quoting));
        String stamp = author.uri() + "/stamps/" + NUMBER.incrementAndGet();
        world.fediverse.serve(stamp, stamp(stamp, author.uri(), quoting, quoted));
        receive(quoter, activity(quoter, "Update", note(quoting, quoter, plain + ", \"quoteAuthorization\": \"" + stamp + "\""), ""));
        check(quoting);
        assertEquals(QuoteState.ACCEPTED, stateOf(quoting));
        assertEquals(1, byUri(quoted).quotesCount());
        receive(quoter, activity(quoter, "Update", FederationWorld.note(quoting, quoter.uri(), null), ""));
        assertTrue(quoteIn(quoting).isEmpty());
        assertEquals(0, byUri(quoted).quotesCount());
    }

    @Test
    void quotedPostThatComesLaterIsFoundByItsQuote() {
        Account author = friend("far");
        Account quoter = friend("other");
        String quoted = uriOf(author);
        String quoting = uriOf(quoter);
        receive(quoter, activity(quoter, "Create", note(quoting, quoter, "\"quoteUrl\": \"" + quoted + "\""), ""));
        check(quoting);
        assertEquals(QuoteState.PENDING, stateOf(quoting));
        database.execute("delete from fetch_failure");
        receive(author, activity(author, "Create", FederationWorld.note(quoted, author.uri(), null), ""));
        check(quoting);
        assertEquals(QuoteState.ACCEPTED, stateOf(quoting));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "automaticApproval": ["https://www.w3.org/ns/activitystreams#Public"]                | public
        "automaticApproval": "as:Public"                                                     | public
        "automaticApproval": ["FOLLOWERS"]                                                   | followers
        "automaticApproval": ["ACTOR"], "manualApproval": []                                 | nobody
        "automaticApproval": [], "manualApproval": []                                        | nobody
        "automaticApproval": ["ACTOR"], "manualApproval": ["as:Public"]                      | manual
        "automaticApproval": ["ACTOR/following"]                                             | manual
        """, quoteCharacter = '`')
    void policyOfOthersSaysWhomOursMayAsk(String members, String expected) {
        Account author = friend("far");
        String uri = uriOf(author);
        String policy = members.replace("FOLLOWERS", author.followersUrl()).replace("ACTOR", author.uri());
        receive(author, activity(author, "Create", note(uri, author, "\"interactionPolicy\": {\"canQuote\": {" + policy + "}}"), ""));
        assertEquals(expected, byUri(uri).quotePolicy());
        receive(author, activity(author, "Update", FederationWorld.note(uri, author.uri(), null), ""));
        assertEquals("unknown", byUri(uri).quotePolicy(), "policies change without an edit");
    }

    @Test
    void chainOfQuotesThatNeverEndsIsNotFollowedForEver() {
        Account author = friend("evil");
        String chain = author.uri() + "/chain/";
        for (int link = 1; link <= 8; link++) {
            world.fediverse.serve(chain + link, note(chain + link, author, "\"quote\": \"" + chain + (link + 1) + "\""));
        }
        receive(author, activity(author, "Create", text(chain + 1), ""));
        while (database.exists("select from job where kind = $1", QuoteCheck.KIND)) {
            database.list("delete from job where kind = $1 returning payload", row -> row.getString("payload"), QuoteCheck.KIND)
                .forEach(id -> checker.handle(new JobRun(NUMBER.incrementAndGet(), QuoteCheck.KIND, id, 6, "")));
        }
        assertEquals(3, database.list("select id from status where uri like $1 || '%'", row -> row.getLong("id"), chain).size(),
            "the post, what it quotes, and what that quotes");
    }

    @Test
    void quotesOfPostsMetOnTheWayUpAThreadAreNotFollowed() {
        Account author = friend("evil");
        String parent = uriOf(author);
        world.fediverse.serve(parent, note(parent, author, "\"quote\": \"" + uriOf(author) + "\""));
        String reply = uriOf(author);
        receive(author, activity(author, "Create", FederationWorld.note(reply, author.uri(), parent), ""));
        assertEquals(QuoteState.PENDING, stateOf(parent));
        assertFalse(database.exists("select from job where kind = $1 and payload = $2", QuoteCheck.KIND, Long.toString(byUri(parent).id())));
    }

    @Test
    void tombstoneSaysThatTheQuotedPostIsGone() {
        Account quoter = friend("other");
        String quoting = uriOf(quoter);
        receive(quoter, activity(quoter, "Create", note(quoting, quoter, "\"quote\": {\"type\": \"Tombstone\"}"), ""));
        assertEquals(QuoteState.DELETED, stateOf(quoting));
    }
}
