package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;
import social.dunlin.queue.JobFailure;
import social.dunlin.status.NewStatus;
import social.dunlin.status.QuoteState;
import social.dunlin.status.QuoteStore.Quoting;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;
import social.dunlin.visibility.Viewer;

/** The handshake of FEP-044f with other servers, both ways. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuoteRequestsTest extends QuotesWorld {
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
}
