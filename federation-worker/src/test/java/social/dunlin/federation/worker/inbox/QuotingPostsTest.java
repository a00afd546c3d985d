package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.account.Account;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;
import social.dunlin.queue.JobRun;
import social.dunlin.status.QuoteCheck;
import social.dunlin.status.QuoteState;
import social.dunlin.status.Status;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

/** Posts of other servers that quote (FEP-044f), and the stamps they claim. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotingPostsTest extends QuotesWorld {
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
    void hostileInput46_redirectAwayFromTheAuthorsServerLeadsToNoStamp() {
        Account author = friend("victim");
        Account quoter = friend("evil");
        String quoted = uriOf(author);
        world.fediverse.serve(quoted, note(quoted, author, ALLOWED));
        String quoting = uriOf(quoter);
        String forged = quoter.uri() + "/stamps/2";
        world.fediverse.serve(forged, stamp(forged, author.uri(), quoting, quoted));
        String open = author.uri() + "/leave?to=elsewhere";
        world.fediverse.answer(open, request -> Answer.redirect(forged));
        receive(quoter, activity(quoter, "Create", note(quoting, quoter, "\"quote\": \"" + quoted + "\", \"quoteAuthorization\": \"" + open + "\""), ""));
        check(quoting);
        assertEquals(QuoteState.UNAUTHORIZED, stateOf(quoting));
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
        int hour = 1;
        for (String version : List.of(note.replace(ours.uri(), post("public").uri()), FederationWorld.note(quoting, stranger.uri(), null), note)) {
            receive(stranger, activity(stranger, "Update", version.replace("\"published\"", FederationWorld.updated(hour++) + ", \"published\""), ""));
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
            .replace("\"published\"", FederationWorld.updated(1) + ", \"published\""), ""));
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
