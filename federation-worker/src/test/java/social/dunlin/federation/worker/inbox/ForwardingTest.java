package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.queue.JobFailure;
import social.dunlin.status.QuoteState;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

/** Inbox forwarding, given and received. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardingTest extends ForwardingTests {
    private record Forwarded(String inbox, String body) {
    }

    private List<Forwarded> forwarded() {
        return database.list("""
            select inbox_url, body from delivery join outgoing_activity on outgoing_activity.id = delivery.activity_id
            where outgoing_activity.account_id = $1""", row -> new Forwarded(row.getString("inbox_url"), row.getString("body")), Village.ALICE);
    }

    @Test
    void signedReplyToAPostOfOursIsSentOnUnchangedToItsAuthorsFollowers() {
        Account replier = inbox.actor("other", "replier");
        Account follower = inbox.actor("far", "follower");
        world.posts.village.follow(follower.id(), Village.ALICE);
        world.posts.village.follow(replier.id(), Village.ALICE);
        Status post = world.posts.post(Village.ALICE, "what do you say?", Visibility.PUBLIC);
        database.execute("delete from outgoing_activity");
        String activity = create(replier, uri(replier), post.uri(), LINKED_DATA_SIGNATURE);
        inbox.receive(replier, activity);
        List<Forwarded> forwarded = forwarded();
        assertTrue(forwarded.contains(new Forwarded(follower.deliveryInbox(), activity)), forwarded.toString());
        assertTrue(forwarded.stream().noneMatch(each -> each.inbox().equals(replier.deliveryInbox())), "not back to where it came from");
        inbox.receive(replier, activity);
        assertEquals(forwarded.size(), forwarded().size(), "once");
        database.execute("delete from follow where account_id = any($1)", (Object) new Long[] {follower.id(), replier.id()});
    }

    @Test
    void deletionOfAReplyIsSentOnToo() {
        Account replier = inbox.actor("other", "deleter");
        Status post = world.posts.post(Village.ALICE, "and now?", Visibility.PUBLIC);
        String note = uri(replier);
        inbox.receive(replier, create(replier, note, post.uri(), ""));
        database.execute("delete from outgoing_activity");
        inbox.receive(replier, ForwardingWorld.activity(replier, "Delete", "\"" + note + "\"", LINKED_DATA_SIGNATURE));
        assertFalse(isHere(note));
        assertFalse(forwarded().isEmpty());
    }

    @Test
    void whatNobodyCouldCheckIsNotSentOn() {
        Account replier = inbox.actor("other", "unsigned");
        Status post = world.posts.post(Village.ALICE, "hm", Visibility.PUBLIC);
        database.execute("delete from outgoing_activity");
        String note = uri(replier);
        inbox.receive(replier, create(replier, note, post.uri(), ""));
        assertTrue(isHere(note));
        assertTrue(forwarded().isEmpty());
    }

    @Test
    void privateAnswerAndAnswerToAPrivatePostStayWhereTheyAre() {
        Account replier = inbox.actor("other", "discreet");
        world.posts.village.follow(replier.id(), Village.ALICE);
        Status open = world.posts.post(Village.ALICE, "open", Visibility.PUBLIC);
        Status closed = world.posts.post(Village.ALICE, "closed", Visibility.PRIVATE);
        database.execute("delete from outgoing_activity");
        inbox.receive(replier, create(replier, uri(replier), closed.uri(), LINKED_DATA_SIGNATURE));
        inbox.receive(replier, create(replier, uri(replier), open.uri(), LINKED_DATA_SIGNATURE)
            .replace(ForwardingWorld.PUBLIC, "https://village.example/users/alice"));
        assertTrue(forwarded().isEmpty());
        database.execute("delete from follow where account_id = $1", replier.id());
    }

    @Test
    void forwardedReplyIsTakenFromItsOwnServer() {
        Account forwarder = inbox.actor("far", "forwarder");
        Account replier = inbox.actor("other", "stranger");
        Status post = world.posts.post(Village.ALICE, "far away", Visibility.PUBLIC);
        String note = uri(replier);
        serve(replier, note, post.uri());
        inbox.passOn(forwarder, create(replier, note, post.uri(), LINKED_DATA_SIGNATURE).replace("<p>text</p>", "<p>forged</p>"));
        Status stored = world.posts.statuses.byUri(note).orElseThrow();
        assertEquals("<p>text</p>", stored.content());
        assertEquals(post.id(), stored.inReplyToId().orElseThrow());
    }

    @Test
    void hostileInput47_signatureOfLinkedDataChangesNothingByItself() {
        Account forwarder = inbox.actor("evil", "rearranger");
        Account victim = inbox.actor("victim", "quiet");
        Status post = world.posts.post(Village.ALICE, "rearranged", Visibility.PUBLIC);
        String note = uri(victim);
        inbox.passOn(forwarder, create(victim, note, post.uri(), LINKED_DATA_SIGNATURE + ", \"@graph\": []"));
        assertFalse(isHere(note));
        inbox.passOn(forwarder, ForwardingWorld.activity(victim, "Follow", "\"https://village.example/users/alice\"", LINKED_DATA_SIGNATURE));
        assertFalse(database.exists("select from follow where account_id = $1", victim.id()));
    }

    @Test
    void forwardedPostThatConcernsNobodyIsNotEvenFetched() {
        Account forwarder = inbox.actor("evil", "spammer");
        Account author = inbox.actor("victim", "busy");
        String note = uri(author);
        serve(author, note, null);
        inbox.passOn(forwarder, create(author, note, null, LINKED_DATA_SIGNATURE));
        assertFalse(isHere(note));
        assertEquals(0, world.fediverse.count(note));
    }

    @Test
    void forwardedPostThatOnlyPretendsToConcernUsIsNotTaken() {
        Account forwarder = inbox.actor("evil", "liar");
        Account author = inbox.actor("victim", "used");
        Status post = world.posts.post(Village.ALICE, "bait", Visibility.PUBLIC);
        String note = uri(author);
        serve(author, note, null);
        inbox.passOn(forwarder, create(author, note, post.uri(), LINKED_DATA_SIGNATURE));
        assertFalse(isHere(note));
    }

    @Test
    void forwardedDeletionCountsWhenTheOriginConfirmsIt() {
        Account forwarder = inbox.actor("far", "messenger");
        Account author = inbox.actor("other", "regretful");
        Status post = world.posts.post(Village.ALICE, "regret", Visibility.PUBLIC);
        String note = uri(author);
        inbox.receive(author, create(author, note, post.uri(), ""));
        String delete = ForwardingWorld.activity(author, "Delete", "\"" + note + "\"", LINKED_DATA_SIGNATURE);
        serve(author, note, post.uri());
        inbox.passOn(forwarder, delete);
        assertTrue(isHere(note), "still there");
        world.fediverse.answer(note, request -> Answer.status(403));
        inbox.passOn(forwarder, delete);
        assertTrue(isHere(note), "refused is not gone");
        world.fediverse.answer(note, request -> Answer.status(503));
        assertThrows(JobFailure.class, () -> inbox.passOn(forwarder, delete), "asked again later");
        assertTrue(isHere(note));
        world.fediverse.answer(note, request -> Answer.status(410));
        inbox.passOn(forwarder, delete);
        assertFalse(isHere(note));
    }

    @Test
    void tombstoneAtTheOriginConfirmsADeletionToo() {
        Account forwarder = inbox.actor("far", "undertaker");
        Account author = inbox.actor("other", "late");
        Status post = world.posts.post(Village.ALICE, "late", Visibility.PUBLIC);
        String note = uri(author);
        inbox.receive(author, create(author, note, post.uri(), ""));
        world.fediverse.serve(note, "{\"id\": \"%s\", \"type\": \"Tombstone\"}".formatted(note));
        inbox.passOn(forwarder, ForwardingWorld.activity(author, "Delete", "\"" + note + "\"", LINKED_DATA_SIGNATURE));
        assertFalse(isHere(note));
    }

    @Test
    void deletionByAnotherThanTheAuthorIsNotEvenAskedAbout() {
        Account forwarder = inbox.actor("evil", "envious");
        Account author = inbox.actor("other", "author");
        Account neighbour = inbox.actor("other", "neighbour");
        Status post = world.posts.post(Village.ALICE, "envy", Visibility.PUBLIC);
        String note = uri(author);
        inbox.receive(author, create(author, note, post.uri(), ""));
        inbox.passOn(forwarder, ForwardingWorld.activity(neighbour, "Delete", "\"" + note + "\"", LINKED_DATA_SIGNATURE));
        assertTrue(isHere(note));
        assertEquals(0, world.fediverse.count(note));
    }

    @Test
    void forwardedEditIsTakenFromItsOwnServer() {
        Account forwarder = inbox.actor("far", "editorsfriend");
        Account author = inbox.actor("other", "editor");
        Status post = world.posts.post(Village.ALICE, "edits", Visibility.PUBLIC);
        String note = uri(author);
        inbox.receive(author, create(author, note, post.uri(), ""));
        world.fediverse.serve(note, FederationWorld.note(note, author.uri(), post.uri()).replace("<p>text</p>", "<p>better</p>")
            .replace("\"published\"", FederationWorld.updated(1) + ", \"published\""));
        inbox.passOn(forwarder, ForwardingWorld.activity(author, "Update", FederationWorld.note(note, author.uri(), post.uri()).replace("text", "worse"), LINKED_DATA_SIGNATURE));
        assertEquals("<p>better</p>", world.posts.statuses.byUri(note).orElseThrow().content());
    }

    @Test
    void passedOnQuoteOfAPostOfOursIsFetched() {
        Account forwarder = inbox.actor("far", "herald");
        Account author = inbox.actor("other", "quoting");
        Status post = world.posts.post(Village.ALICE, "quoted", Visibility.PUBLIC);
        String note = uri(author);
        world.fediverse.serve(note, FederationWorld.note(note, author.uri(), null).replace("\"published\"", "\"quote\": \"" + post.uri() + "\", \"published\""));
        inbox.passOn(forwarder, ForwardingWorld.activity(author, "Create", "\"" + note + "\"", LINKED_DATA_SIGNATURE));
        assertTrue(isHere(note));
    }

    @Test
    void passedOnDeletionOfAStampIsAskedAboutAtTheQuotedAuthorsServer() {
        Account forwarder = inbox.actor("far", "witness");
        Account author = inbox.actor("other", "stamping");
        String note = uri(author);
        Status post = world.posts.post(Village.ALICE, "quoting", Visibility.PUBLIC);
        inbox.receive(author, create(author, note, post.uri(), ""));
        String stamp = author.uri() + "/stamps/" + ForwardingWorld.number();
        database.execute("""
            insert into quote (status_id, quoted_status_id, quoted_uri, state, authorization_uri) values ($1, $2, $3, 'accepted', $4)""",
            post.id(), world.posts.statuses.byUri(note).orElseThrow().id(), note, stamp);
        String delete = ForwardingWorld.activity(author, "Delete", "\"" + stamp + "\"", LINKED_DATA_SIGNATURE);
        world.fediverse.serve(stamp, "{\"id\": \"" + stamp + "\", \"type\": \"QuoteAuthorization\"}");
        inbox.passOn(forwarder, delete);
        assertEquals(QuoteState.ACCEPTED, world.posts.quotes.of(post.id()).orElseThrow().state());
        world.fediverse.answer(stamp, request -> Answer.status(410));
        inbox.passOn(forwarder, delete);
        assertEquals(QuoteState.REVOKED, world.posts.quotes.of(post.id()).orElseThrow().state());
    }
}
