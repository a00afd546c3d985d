package social.dunlin.relationship;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.RecordingOutbox;

@ExtendWith(DatabaseExtension.class)
class RelationshipServiceTest {
    private static int number;

    private Database database;
    private Neighbours neighbours;
    private RecordingOutbox outbox;
    private RelationshipService relationships;
    private long alice;
    private long bob;
    private long rosa;
    private String far;

    @BeforeEach
    void people(Database given) {
        database = given;
        neighbours = new Neighbours(database);
        outbox = new RecordingOutbox(neighbours::nameOf);
        relationships = RelationshipServices.of(database, outbox);
        number++;
        far = "far%d.example".formatted(number);
        alice = neighbours.person("alice" + number);
        bob = neighbours.person("bob" + number);
        rosa = neighbours.person("rosa@" + far);
    }

    private Relationship follow(long account, long target) {
        return relationships.follow(account, target, FollowOptions.UNCHANGED);
    }

    private Relationship between(long account, long target) {
        return relationships.relationships(account, List.of(target), true).getFirst();
    }

    @Test
    void followOfAnUnlockedLocalAccountIsThereAtOnceAndIsTold() {
        Relationship answer = follow(alice, bob);

        assertTrue(answer.following());
        assertTrue(answer.showingReblogs());
        assertFalse(answer.requested());
        assertTrue(between(bob, alice).followedBy());
        assertEquals("0/1", neighbours.counters(alice));
        assertEquals("1/0", neighbours.counters(bob));
        assertEquals(List.of("follow " + neighbours.nameOf(alice)), neighbours.notifications(bob));
        assertEquals(List.of(), outbox.taken());
    }

    @Test
    void followingTwiceCountsOnce() {
        follow(alice, bob);
        Relationship again = follow(alice, bob);

        assertTrue(again.following());
        assertEquals("1/0", neighbours.counters(bob));
        assertEquals(1, neighbours.notifications(bob).size());
    }

    @Test
    void manyFollowsAtOnceCountOnce() throws Exception {
        List<Callable<Relationship>> calls = new ArrayList<>();
        for (int call = 0; call < 8; call++) {
            calls.add(() -> follow(alice, bob));
            calls.add(() -> follow(bob, alice));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Relationship> answer : threads.invokeAll(calls)) {
                assertTrue(answer.get().following());
            }
        }
        assertEquals("1/1", neighbours.counters(alice));
        assertEquals("1/1", neighbours.counters(bob));
    }

    @Test
    void followOfALockedAccountWaitsForItsOwner() {
        neighbours.change(bob, "locked = true");
        Relationship answer = follow(alice, bob);

        assertTrue(answer.requested());
        assertFalse(answer.following());
        assertTrue(between(bob, alice).requestedBy());
        assertEquals("0/0", neighbours.counters(bob));
        assertEquals(List.of("follow_request " + neighbours.nameOf(alice)), neighbours.notifications(bob));
    }

    @Test
    void limitedAccountHasToAskEvenWhereTheDoorIsOpen() {
        neighbours.change(alice, "silenced_at = now()");
        assertTrue(follow(alice, bob).requested());
        assertFalse(between(alice, bob).following());
    }

    @Test
    void hostileInput86_remoteFollowWithoutAcceptIsARequestAndShowsNothing() {
        long secret = neighbours.post(rosa, "private");
        Relationship answer = follow(alice, rosa);

        assertTrue(answer.following(), "the answer presumes the Accept, as Mastodon's does");
        assertFalse(answer.requested());
        assertTrue(between(alice, rosa).requested());
        assertFalse(between(alice, rosa).following());
        assertEquals("0/0", neighbours.counters(rosa));
        assertFalse(neighbours.home(alice).contains(secret));
        assertEquals(List.of("followRequested %s %s".formatted(neighbours.nameOf(alice), neighbours.nameOf(rosa))), outbox.taken());
    }

    @Test
    void lockedRemoteAccountAnswersRequested() {
        neighbours.change(rosa, "locked = true");
        assertTrue(follow(alice, rosa).requested());
    }

    @Test
    void optionsNotSentStayAndLanguagesAreReplaced() {
        relationships.follow(alice, bob, new FollowOptions(false, true, List.of("de", "en")));
        Relationship kept = follow(alice, bob);
        assertFalse(kept.showingReblogs());
        assertTrue(kept.notifying());
        assertEquals(List.of("de", "en"), kept.languages());

        Relationship changed = relationships.follow(alice, bob, new FollowOptions(true, null, List.of()));
        assertTrue(changed.showingReblogs());
        assertTrue(changed.notifying());
        assertNull(changed.languages());
    }

    @Test
    void nobodyFollowsThemselvesOrTheUnknownOrWhoBlocksThem() {
        assertEquals(403, assertThrows(Refusal.class, () -> follow(alice, alice)).status());
        assertEquals(404, assertThrows(Refusal.class, () -> follow(alice, 1)).status());
        relationships.block(bob, alice);
        assertEquals(403, assertThrows(Refusal.class, () -> follow(alice, bob)).status());
        relationships.blockDomain(alice, far);
        assertEquals(403, assertThrows(Refusal.class, () -> follow(alice, rosa)).status());
    }

    @Test
    void movedAccountIsNotFollowedAnew() {
        neighbours.change(bob, "moved_to_id = " + rosa);
        assertEquals(403, assertThrows(Refusal.class, () -> follow(alice, bob)).status());
    }

    @Test
    void newFollowFillsTheHomeFeedWithWhatTheFollowerMaySee() {
        long seen = neighbours.post(bob, "public");
        long forFollowers = neighbours.post(bob, "private");
        long direct = neighbours.post(bob, "direct");
        long boost = neighbours.boost(bob, neighbours.post(rosa, "public"));
        long toStranger = neighbours.reply(bob, neighbours.post(rosa, "public"));
        long toSelf = neighbours.reply(bob, seen);

        follow(alice, bob);

        assertEquals(Set.of(seen, forFollowers, boost, toSelf), neighbours.home(alice));
        assertFalse(neighbours.home(alice).contains(direct));
        assertFalse(neighbours.home(alice).contains(toStranger));
    }

    @Test
    void followWithoutBoostsBringsNone() {
        long boost = neighbours.boost(bob, neighbours.post(rosa, "public"));
        relationships.follow(alice, bob, new FollowOptions(false, null, null));
        assertFalse(neighbours.home(alice).contains(boost));
    }

    @Test
    void boostsOfPeopleTheFollowerBlocksOrMutesAreNotBroughtIn() {
        long boost = neighbours.boost(bob, neighbours.post(rosa, "public"));
        relationships.mute(alice, rosa, true, Duration.ZERO);
        follow(alice, bob);
        assertFalse(neighbours.home(alice).contains(boost));
    }

    @Test
    void unfollowLeavesNothingBehind() {
        neighbours.post(bob, "public");
        follow(alice, bob);
        Relationship answer = relationships.unfollow(alice, bob);

        assertFalse(answer.following());
        assertEquals(Set.of(), neighbours.home(alice));
        assertEquals("0/0", neighbours.counters(bob));
        assertEquals("0/0", neighbours.counters(alice));
        assertEquals(List.of(), neighbours.notifications(bob));
        assertFalse(relationships.unfollow(alice, bob).following());
        assertEquals("0/0", neighbours.counters(bob));
    }

    @Test
    void unfollowOfARemoteAccountTellsTheIdOfTheFollow() {
        follow(alice, rosa);
        database.execute("update follow_request set uri = 'https://home.example/f/1' where account_id = $1", alice);
        outbox.taken();

        assertFalse(relationships.unfollow(alice, rosa).requested());
        assertEquals(List.of("followUndone %s %s https://home.example/f/1".formatted(neighbours.nameOf(alice), neighbours.nameOf(rosa))), outbox.taken());
        relationships.unfollow(alice, rosa);
        assertEquals(List.of(), outbox.taken());
    }

    @Test
    void authorizeMakesTheFollowAndFillsTheFeedOfWhoAsked() {
        neighbours.change(bob, "locked = true");
        long forFollowers = neighbours.post(bob, "private");
        follow(alice, bob);
        assertEquals(Set.of(), neighbours.home(alice));

        Relationship answer = relationships.authorize(bob, alice);

        assertTrue(answer.followedBy());
        assertFalse(answer.requestedBy());
        assertEquals("1/0", neighbours.counters(bob));
        assertEquals(Set.of(forFollowers), neighbours.home(alice));
        assertEquals(List.of(), neighbours.notifications(bob));
        assertTrue(relationships.authorize(bob, alice).followedBy(), "answering twice is the same");
        assertEquals("1/0", neighbours.counters(bob));
    }

    @Test
    void rejectEndsTheRequestAndASecondTimeIsNotFound() {
        neighbours.change(bob, "locked = true");
        follow(alice, bob);
        assertFalse(relationships.reject(bob, alice).requestedBy());
        assertFalse(between(alice, bob).requested());
        assertEquals(404, assertThrows(Refusal.class, () -> relationships.reject(bob, alice)).status());
        assertEquals(404, assertThrows(Refusal.class, () -> relationships.authorize(bob, alice)).status());
    }

    @Test
    void openingALockedAccountTakesAllWhoWait() {
        neighbours.change(bob, "locked = true");
        follow(alice, bob);
        long carol = neighbours.person("carol" + number);
        follow(carol, bob);
        relationships.authorizeAll(bob);
        assertEquals("2/0", neighbours.counters(bob));
        assertTrue(between(carol, bob).following());
    }

    @Test
    void blockEndsBothFollowsAndClearsFeedsAndNotifications() {
        follow(alice, bob);
        follow(bob, alice);
        long posted = neighbours.post(bob, "public");
        database.execute("insert into home_entry (account_id, status_id) values ($1, $2)", alice, posted);
        long carol = neighbours.person("carol" + number);
        long boostOfBob = neighbours.boost(carol, posted);
        database.execute("insert into home_entry (account_id, status_id, reblog_of_id) values ($1, $2, $3)", alice, boostOfBob, posted);

        Relationship answer = relationships.block(alice, bob);

        assertTrue(answer.blocking());
        assertFalse(answer.following());
        assertFalse(answer.followedBy());
        assertTrue(between(bob, alice).blockedBy());
        assertEquals("0/0", neighbours.counters(alice));
        assertEquals("0/0", neighbours.counters(bob));
        assertEquals(Set.of(), neighbours.home(alice));
        assertEquals(List.of(), neighbours.notifications(alice));
        assertFalse(relationships.unblock(alice, bob).blocking());
    }

    @Test
    void blockOfARemoteAccountTellsItOnce() {
        database.execute("insert into follow (account_id, target_account_id, uri) values ($1, $2, 'https://far.example/f')", rosa, alice);
        relationships.block(alice, rosa);
        relationships.block(alice, rosa);
        String pair = neighbours.nameOf(alice) + " " + neighbours.nameOf(rosa);
        assertEquals(List.of("followRejected " + pair + " https://far.example/f", "blocked " + pair), outbox.taken());
        database.execute("update block set uri = 'https://village.example/blocks/1' where account_id = $1", alice);
        relationships.unblock(alice, rosa);
        relationships.unblock(alice, rosa);
        assertEquals(List.of("blockUndone " + pair + " https://village.example/blocks/1"), outbox.taken());
    }

    @Test
    void muteEndsByItselfAndBringsThePostsBack() {
        long posted = neighbours.post(bob, "public");
        follow(alice, bob);
        Relationship muted = relationships.mute(alice, bob, false, Duration.ofHours(1));
        assertTrue(muted.muting());
        assertFalse(muted.mutingNotifications());
        assertEquals(Set.of(), neighbours.home(alice));

        database.execute("update mute set expires_at = now() - interval '1 second' where account_id = $1", alice);
        assertFalse(between(alice, bob).muting(), "an expired mute counts no more, whether it is tidied or not");
        relationships.endExpiredMutes();
        assertEquals(Set.of(posted), neighbours.home(alice));
        assertFalse(database.exists("select from mute where account_id = $1", alice));
    }

    @Test
    void muteForEverHasNoEndAndUnmuteFillsTheFeedOfAFollower() {
        long posted = neighbours.post(bob, "public");
        follow(alice, bob);
        assertNull(relationships.mute(alice, bob, true, Duration.ZERO).mutingExpiresAt());
        assertFalse(relationships.unmute(alice, bob).muting());
        assertEquals(Set.of(posted), neighbours.home(alice));
    }

    @Test
    void unmuteOfSomebodyNotFollowedBringsNothing() {
        neighbours.post(bob, "public");
        relationships.mute(alice, bob, true, Duration.ZERO);
        relationships.unmute(alice, bob);
        assertEquals(Set.of(), neighbours.home(alice));
    }

    @Test
    void noteIsPrivateAndCanBeTakenBack() {
        assertEquals("met at the fair", relationships.note(alice, bob, "met at the fair").note());
        assertEquals("", between(bob, alice).note());
        assertEquals("", relationships.note(alice, bob, " ").note());
        assertEquals(422, assertThrows(Refusal.class, () -> relationships.note(alice, bob, "x".repeat(2001))).status());
    }

    @Test
    void onlyTheFollowedCanBeEndorsed() {
        assertEquals(422, assertThrows(Refusal.class, () -> relationships.endorse(alice, bob)).status());
        follow(alice, bob);
        assertTrue(relationships.endorse(alice, bob).endorsed());
        assertFalse(relationships.unendorse(alice, bob).endorsed());
    }

    @Test
    void domainBlockEndsFollowsBothWaysAndTellsThem() {
        long otto = neighbours.person("otto@" + far);
        database.execute("insert into follow (account_id, target_account_id, uri) values ($1, $2, 'https://home.example/f')", alice, rosa);
        database.execute("insert into follow (account_id, target_account_id, uri) values ($1, $2, 'https://far.example/f')", otto, alice);

        relationships.blockDomain(alice, far);

        assertTrue(between(alice, rosa).domainBlocking());
        assertFalse(between(alice, rosa).following());
        assertFalse(between(alice, otto).followedBy());
        assertEquals(Set.of("followUndone %s %s https://home.example/f".formatted(neighbours.nameOf(alice), neighbours.nameOf(rosa)),
            "followRejected %s %s https://far.example/f".formatted(neighbours.nameOf(alice), neighbours.nameOf(otto))), Set.copyOf(outbox.taken()));
        relationships.unblockDomain(alice, far);
        assertFalse(between(alice, rosa).domainBlocking());
    }

    private List<String> losses(long account) {
        List<Long> ids = database.list("select severance_id from notification where account_id = $1 and type = 'severed_relationships' and from_account_id = $1",
            row -> row.getLong("severance_id"), account);
        return RelationshipServices.severances(database).byIds(ids).stream()
            .map(loss -> "%s %s %d/%d".formatted(loss.cause(), loss.target(), loss.followers(), loss.following())).toList();
    }

    @Test
    void whoLosesFollowsWithAServerOrAnAccountIsToldHowMany() {
        long otto = neighbours.person("otto@" + far);
        long ida = neighbours.person("ida@" + far);
        for (long each : List.of(rosa, otto)) {
            database.execute("insert into follow (account_id, target_account_id) values ($1, $2), ($3, $2)", alice, each, bob);
        }
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", rosa, alice);
        database.execute("insert into follow_request (account_id, target_account_id) values ($1, $2)", ida, alice);

        relationships.blockDomain(alice, far);
        relationships.blockDomain(alice, far);
        assertEquals(List.of("USER_DOMAIN_BLOCK %s 1/2".formatted(far)), losses(alice), "a request is no loss");
        assertEquals(List.of(), losses(bob), "what somebody else blocks");

        relationships.endFollowsWith(new AccountStore(database).byId(otto).orElseThrow());
        assertEquals(List.of("ACCOUNT_SUSPENSION otto@%s 0/1".formatted(far)), losses(bob));
        assertEquals(1, losses(alice).size(), "what had ended before");
        relationships.blockDomain(bob, "nobody." + far);
        assertEquals(1, losses(bob).size(), "nothing was lost");
    }

    @Test
    void relationshipsOfManyCostOneStatement() {
        List<Long> ids = new ArrayList<>(List.of(bob, rosa, 1L, bob));
        for (int more = 0; more < 30; more++) {
            ids.add(neighbours.person("extra%d_%d".formatted(number, more)));
        }
        long before = database.statementCount();
        List<Relationship> all = relationships.relationships(alice, ids, false);
        assertEquals(1, database.statementCount() - before);
        assertEquals(32, all.size(), "each once, the unknown left out");
        assertEquals(bob, all.getFirst().id());
    }

    @Test
    void suspendedAccountsAreLeftOutUnlessAskedFor() {
        neighbours.change(bob, "suspended_at = now()");
        assertEquals(List.of(), relationships.relationships(alice, List.of(bob), false));
        assertEquals(1, relationships.relationships(alice, List.of(bob), true).size());
    }
}
