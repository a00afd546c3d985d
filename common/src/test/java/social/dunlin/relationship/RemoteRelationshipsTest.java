package social.dunlin.relationship;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.RecordingOutbox;

@ExtendWith(DatabaseExtension.class)
class RemoteRelationshipsTest {
    private static int number;

    private Database database;
    private Neighbours neighbours;
    private RecordingOutbox outbox;
    private RemoteRelationships remote;
    private RelationshipService relationships;
    private long alice;
    private long rosa;
    private String follow;
    private String pair;

    @BeforeEach
    void people(Database given) {
        database = given;
        neighbours = new Neighbours(database);
        outbox = new RecordingOutbox(neighbours::nameOf);
        remote = RelationshipServices.remote(database, outbox);
        relationships = RelationshipServices.of(database, outbox);
        number++;
        alice = neighbours.person("alice" + number);
        rosa = neighbours.person("rosa@far%d.example".formatted(number));
        follow = "https://far%d.example/follows/1".formatted(number);
        pair = neighbours.nameOf(alice) + " " + neighbours.nameOf(rosa);
    }

    private FollowOutcome receiveFollow(String uri) {
        return remote.receiveFollow(neighbours.account(rosa), neighbours.account(alice), uri);
    }

    private Relationship between(long account, long target) {
        return relationships.relationships(account, List.of(target), true).getFirst();
    }

    @Test
    void followOfAnOpenAccountIsAcceptedAtOnce() {
        assertInstanceOf(FollowOutcome.Accepted.class, receiveFollow(follow));
        assertTrue(between(alice, rosa).followedBy());
        assertEquals("1/0", neighbours.counters(alice));
        assertEquals(List.of("follow " + neighbours.nameOf(rosa)), neighbours.notifications(alice));
        assertEquals(List.of("followAccepted " + pair + " " + follow), outbox.taken());
    }

    @Test
    void knownFollowerWhoAsksAgainIsAcceptedUnderTheNewIdAndCountedOnce() {
        receiveFollow(follow);
        outbox.taken();
        String second = follow + "/again";
        assertInstanceOf(FollowOutcome.Accepted.class, receiveFollow(second));
        assertEquals(List.of("followAccepted " + pair + " " + second), outbox.taken());
        assertEquals("1/0", neighbours.counters(alice));
        assertEquals(1, neighbours.notifications(alice).size());
        assertEquals(OptionalLong.of(rosa), remote.followerByUri(second, alice));
    }

    @Test
    void followOfALockedAccountWaitsAndItsAcceptCarriesTheOriginalId() {
        neighbours.change(alice, "locked = true");
        assertInstanceOf(FollowOutcome.Pending.class, receiveFollow(follow));
        assertInstanceOf(FollowOutcome.Pending.class, receiveFollow(follow));
        assertEquals(List.of(), outbox.taken());
        assertEquals("0/0", neighbours.counters(alice));
        assertEquals(List.of("follow_request " + neighbours.nameOf(rosa)), neighbours.notifications(alice));

        relationships.authorize(alice, rosa);
        assertEquals(List.of("followAccepted " + pair + " " + follow), outbox.taken());
    }

    @Test
    void limitedStrangerHasToWait() {
        neighbours.change(rosa, "silenced_at = now()");
        assertInstanceOf(FollowOutcome.Pending.class, receiveFollow(follow));
    }

    @Test
    void blockedMovedAndSuspendedAreRefusedWithAReject() {
        relationships.block(alice, rosa);
        outbox.taken();
        assertInstanceOf(FollowOutcome.Refused.class, receiveFollow(follow));
        assertEquals(List.of("followRejected " + pair + " " + follow), outbox.taken());
        relationships.unblock(alice, rosa);

        neighbours.change(alice, "moved_to_id = " + rosa);
        assertInstanceOf(FollowOutcome.Refused.class, receiveFollow(follow));
        neighbours.change(alice, "moved_to_id = null, suspended_at = now()");
        assertInstanceOf(FollowOutcome.Refused.class, receiveFollow(follow));
        assertFalse(between(alice, rosa).followedBy());
    }

    @Test
    void blockedDomainIsRefused() {
        relationships.blockDomain(alice, neighbours.account(rosa).host());
        assertInstanceOf(FollowOutcome.Refused.class, receiveFollow(follow));
    }

    @Test
    void acceptTurnsTheRequestIntoAFollowAndFillsTheFeed() {
        long posted = neighbours.post(rosa, "private");
        relationships.follow(alice, rosa, new FollowOptions(null, true, List.of("en")));
        assertEquals(Set.of(), neighbours.home(alice));

        assertTrue(remote.receiveAccept(rosa, alice));
        assertTrue(between(alice, rosa).following());
        assertTrue(between(alice, rosa).notifying());
        assertEquals(List.of("en"), between(alice, rosa).languages());
        assertEquals(Set.of(posted), neighbours.home(alice));
        assertEquals("1/0", neighbours.counters(rosa));

        assertFalse(remote.receiveAccept(rosa, alice), "a second Accept changes nothing");
        assertEquals("1/0", neighbours.counters(rosa));
    }

    @Test
    void acceptThatNobodyAskedForMakesNoFollow() {
        assertFalse(remote.receiveAccept(rosa, alice));
        assertFalse(between(alice, rosa).following());
    }

    @Test
    void rejectEndsARequestAndAlsoAnAcceptedFollow() {
        relationships.follow(alice, rosa, FollowOptions.UNCHANGED);
        assertTrue(remote.receiveReject(rosa, alice));
        assertFalse(between(alice, rosa).requested());

        relationships.follow(alice, rosa, FollowOptions.UNCHANGED);
        remote.receiveAccept(rosa, alice);
        neighbours.post(rosa, "public");
        assertTrue(remote.receiveReject(rosa, alice));
        assertFalse(between(alice, rosa).following());
        assertEquals("0/0", neighbours.counters(rosa));
        assertFalse(remote.receiveReject(rosa, alice));
    }

    @Test
    void undoEndsFollowAndRequest() {
        receiveFollow(follow);
        assertTrue(remote.receiveUndoFollow(rosa, alice));
        assertEquals("0/0", neighbours.counters(alice));
        assertEquals(List.of(), neighbours.notifications(alice));
        assertFalse(remote.receiveUndoFollow(rosa, alice));

        neighbours.change(alice, "locked = true");
        receiveFollow(follow);
        assertTrue(remote.receiveUndoFollow(rosa, alice));
        assertFalse(between(alice, rosa).requestedBy());
    }

    @Test
    void blockFromAfarEndsBothFollowsAndForbidsNewOnes() {
        receiveFollow(follow);
        relationships.follow(alice, rosa, FollowOptions.UNCHANGED);
        remote.receiveAccept(rosa, alice);
        long posted = neighbours.post(rosa, "public");
        database.execute("insert into home_entry (account_id, status_id) values ($1, $2)", alice, posted);

        remote.receiveBlock(rosa, alice, "https://far.example/blocks/1");
        remote.receiveBlock(rosa, alice, "https://far.example/blocks/1");

        Relationship now = between(alice, rosa);
        assertTrue(now.blockedBy());
        assertFalse(now.following());
        assertFalse(now.followedBy());
        assertEquals(Set.of(), neighbours.home(alice));
        assertEquals("0/0", neighbours.counters(alice));
        assertTrue(remote.receiveUndoBlock(rosa, alice));
        assertFalse(between(alice, rosa).blockedBy());
        assertFalse(remote.receiveUndoBlock(rosa, alice));
    }
}
