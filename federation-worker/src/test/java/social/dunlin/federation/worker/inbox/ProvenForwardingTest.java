package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.signature.IntegrityProof;
import social.dunlin.federation.signature.Keys;
import social.dunlin.federation.signature.Multikey;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

/** What others pass on with a proof inside by its author (FEP-8b32). */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvenForwardingTest extends ForwardingTests {
    private static final KeyPair PROOF_KEY = Keys.generateEd25519();

    /** Somebody whose document names the key the proofs are made with. */
    private Account prover(String server, String name) {
        String uri = world.settle(server, name + ForwardingWorld.number());
        String document = world.actor(server, uri.substring(uri.lastIndexOf('/') + 1)).replaceFirst("\\}\\}$",
            "}, \"assertionMethod\": [{\"id\": \"%1$s#ed25519-key\", \"type\": \"Multikey\", \"controller\": \"%1$s\", \"publicKeyMultibase\": \"%2$s\"}]}"
                .formatted(uri, Multikey.encode(PROOF_KEY.getPublic())));
        world.fediverse.serve(uri, document);
        world.actors.byUri(uri, Budgets.forActivity());
        return world.accounts.byUri(uri).orElseThrow();
    }

    private static String proven(String activity, String keyId) throws MalformedDocument {
        return proven(activity, keyId, Instant.now());
    }

    private static String proven(String activity, String keyId, Instant made) throws MalformedDocument {
        return IntegrityProof.sign(ActivityJson.parseObject(activity.getBytes(StandardCharsets.UTF_8)), keyId, PROOF_KEY.getPrivate(), made).toString();
    }

    @Test
    void provenReplyNeedsNoFetch() throws MalformedDocument {
        Account forwarder = inbox.actor("far", "carrier");
        Account author = prover("other", "prover");
        Status post = world.posts.post(Village.ALICE, "proof?", Visibility.PUBLIC);
        String note = uri(author);
        inbox.passOn(forwarder, proven(create(author, note, post.uri(), ""), author.uri() + "#ed25519-key"));
        assertTrue(isHere(note));
        assertEquals(0, world.fediverse.count(note));
    }

    @Test
    void provenDeletionNeedsNoFetch() throws MalformedDocument {
        Account forwarder = inbox.actor("far", "reaper");
        Account author = prover("other", "leaver");
        Status post = world.posts.post(Village.ALICE, "leaving", Visibility.PUBLIC);
        String note = uri(author);
        inbox.receive(author, create(author, note, post.uri(), ""));
        inbox.passOn(forwarder, proven(ForwardingWorld.activity(author, "Delete", "\"" + note + "\"", ""), author.uri() + "#ed25519-key"));
        assertFalse(isHere(note));
        assertEquals(0, world.fediverse.count(note));
    }

    @Test
    void changedActivityIsFetchedInstead() throws MalformedDocument {
        Account forwarder = inbox.actor("evil", "changer");
        Account author = prover("other", "changed");
        Status post = world.posts.post(Village.ALICE, "changing", Visibility.PUBLIC);
        String note = uri(author);
        serve(author, note, post.uri());
        inbox.passOn(forwarder, proven(create(author, note, post.uri(), ""), author.uri() + "#ed25519-key").replace("<p>text</p>", "<p>forged</p>"));
        assertEquals("<p>text</p>", world.posts.statuses.byUri(note).orElseThrow().content());
        assertEquals(1, world.fediverse.count(note));
    }

    @Test
    void proofBySomebodyElsesKeyProvesNothing() throws MalformedDocument {
        Account evil = prover("evil", "impostor");
        Account victim = inbox.actor("victim", "target");
        Status post = world.posts.post(Village.ALICE, "impostors", Visibility.PUBLIC);
        String note = uri(victim);
        inbox.passOn(evil, proven(create(victim, note, post.uri(), ""), evil.uri() + "#ed25519-key"));
        assertFalse(isHere(note));
    }

    @Test
    void provenFollowThatSomebodyKeptIsNotDoneAgain() throws MalformedDocument {
        Account forwarder = inbox.actor("evil", "keeper");
        Account author = prover("other", "follower");
        inbox.passOn(forwarder, proven(ForwardingWorld.activity(author, "Follow", "\"https://village.example/users/alice\"", ""), author.uri() + "#ed25519-key"));
        assertFalse(database.exists("select from follow where account_id = $1", author.id()));
    }

    @Test
    void provenWordOfACommunityThatSomebodyKeptIsNotDoneAgain() throws MalformedDocument {
        Account forwarder = inbox.actor("evil", "archivist");
        Account community = prover("other", "community");
        database.execute("update account set actor_type = 'Group' where id = $1", community.id());
        Account voter = inbox.actor("far", "voter");
        Status post = world.posts.post(Village.ALICE, "a page", Visibility.PUBLIC);
        database.execute("insert into mention (status_id, account_id) values ($1, $2)", post.id(), community.id());
        world.posts.communities.place(post, community.id());
        String like = ForwardingWorld.activity(voter, "Like", "\"" + post.uri() + "\"", "");
        String announce = proven(ForwardingWorld.activity(community, "Announce", like, ""), community.uri() + "#ed25519-key");
        inbox.passOn(forwarder, announce);
        assertEquals(0, world.posts.statuses.byId(post.id()).orElseThrow().favouritesCount());
        inbox.receive(community, announce);
        assertEquals(1, world.posts.statuses.byId(post.id()).orElseThrow().favouritesCount());
    }

    @Test
    void provenProfileIsAskedForAtItsOwnServer() throws MalformedDocument {
        Account forwarder = inbox.actor("evil", "historian");
        Account author = prover("other", "changing");
        String old = world.actor("other", author.username()).replace("\"name\": \"" + author.username(), "\"name\": \"Old " + author.username());
        inbox.passOn(forwarder, proven(ForwardingWorld.activity(author, "Update", old, ""), author.uri() + "#ed25519-key"));
        assertEquals(author.displayName(), world.accounts.byUri(author.uri()).orElseThrow().displayName());
        assertTrue(world.fediverse.count(author.uri()) >= 1);
    }

    /** A deletion that was taken back is kept by somebody until nobody remembers that it was seen. */
    @Test
    void oldProofIsNoMoreThanAHint() throws MalformedDocument {
        Account forwarder = inbox.actor("evil", "patient");
        Account author = prover("other", "undecided");
        Status post = world.posts.post(Village.ALICE, "patience", Visibility.PUBLIC);
        String note = uri(author);
        serve(author, note, post.uri());
        inbox.receive(author, create(author, note, post.uri(), ""));
        String delete = ForwardingWorld.activity(author, "Delete", "\"" + note + "\"", "");
        inbox.passOn(forwarder, proven(delete, author.uri() + "#ed25519-key", Instant.now().minus(Duration.ofDays(2))));
        inbox.passOn(forwarder, proven(delete, author.uri() + "#ed25519-key", Instant.now().plus(Duration.ofDays(400))));
        assertTrue(isHere(note));
        assertEquals(2, world.fediverse.count(note), "its origin was asked both times, and says that it is there");
    }

    @Test
    void provenUpdateWithoutALaterTimeIsAskedForAtItsOwnServer() throws MalformedDocument {
        Account forwarder = inbox.actor("evil", "turner");
        Account author = prover("other", "strict");
        Status post = world.posts.post(Village.ALICE, "strictly", Visibility.PUBLIC);
        String note = uri(author);
        String strict = FederationWorld.note(note, author.uri(), post.uri())
            .replace("\"published\"", "\"interactionPolicy\": {\"canQuote\": {\"automaticApproval\": [\"" + author.uri() + "\"]}}, \"published\"");
        inbox.receive(author, ForwardingWorld.activity(author, "Create", strict, ""));
        world.fediverse.serve(note, strict);
        String lax = strict.replace("[\"" + author.uri() + "\"]", "[\"" + ForwardingWorld.PUBLIC + "\"]");
        inbox.passOn(forwarder, proven(ForwardingWorld.activity(author, "Update", lax, ""), author.uri() + "#ed25519-key"));
        assertEquals("nobody", world.posts.statuses.byUri(note).orElseThrow().quotePolicy());
        assertEquals(1, world.fediverse.count(note));
        String later = strict.replace("<p>text</p>", "<p>later</p>").replace("\"published\"", FederationWorld.updated(1) + ", \"published\"");
        inbox.passOn(forwarder, proven(ForwardingWorld.activity(author, "Update", later, ""), author.uri() + "#ed25519-key"));
        assertEquals("<p>later</p>", world.posts.statuses.byUri(note).orElseThrow().content());
        assertEquals(1, world.fediverse.count(note), "what is later and proven needs no fetch");
    }
}
