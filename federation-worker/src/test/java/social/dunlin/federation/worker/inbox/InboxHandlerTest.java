package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.federation.worker.inbox.InboxWorld.ALICE;
import static social.dunlin.federation.worker.inbox.InboxWorld.PUBLIC;
import static social.dunlin.federation.worker.inbox.InboxWorld.activity;
import static social.dunlin.federation.worker.inbox.InboxWorld.quoted;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxHandlerTest {
    private static final String CAROL = "https://village.example/users/carol";

    private Database database;
    private InboxWorld inbox;
    private FederationWorld world;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        inbox = new InboxWorld(database, vertx, options);
        world = inbox.federation;
    }

    @AfterAll
    void end() {
        inbox.close();
    }

    private boolean follows(long follower, long target) {
        return database.exists("select from follow where account_id = $1 and target_account_id = $2", follower, target);
    }

    private String ownNote(Account author, String name) {
        return author.uri() + "/notes/" + name;
    }

    @Test
    void followOfAnOpenAccountIsAcceptedAndAnswered() {
        Account nora = inbox.actor("far", "nora");
        inbox.receive(nora.uri(), activity(nora.uri(), "Follow", quoted(ALICE)));
        assertTrue(follows(nora.id(), Village.ALICE));
        assertTrue(database.exists("select from outgoing_activity where account_id = $1 and body like '%\"Accept\"%' and body like $2",
            Village.ALICE, "%" + nora.uri() + "#Follow-%"));
    }

    @Test
    void followOfALockedAccountWaits() {
        Account nick = inbox.actor("far", "nick");
        inbox.receive(nick.uri(), activity(nick.uri(), "Follow", quoted(CAROL)));
        assertFalse(follows(nick.id(), Village.CAROL));
        assertTrue(database.exists("select from follow_request where account_id = $1", nick.id()));
    }

    @Test
    void unfollowedPersonMayBeFollowedAgainUnderTheSameId() {
        Account misskey = inbox.actor("far", "misskey");
        String follow = """
            {"id": "%1$s/follows/alice", "type": "Follow", "actor": "%1$s", "object": "%2$s"}""".formatted(misskey.uri(), ALICE);
        String undo = """
            {"id": "%1$s/follows/alice/undo", "type": "Undo", "actor": "%1$s", "object": %2$s}""".formatted(misskey.uri(), follow);
        inbox.receive(misskey.uri(), follow);
        inbox.receive(misskey.uri(), undo);
        assertFalse(follows(misskey.id(), Village.ALICE));
        inbox.receive(misskey.uri(), follow);
        inbox.receive(misskey.uri(), undo);
        assertFalse(follows(misskey.id(), Village.ALICE));
        inbox.receive(misskey.uri(), follow);
        assertTrue(follows(misskey.id(), Village.ALICE));
    }

    @Test
    void acceptBySomebodyElseIsNoAccept() {
        Account target = inbox.actor("far", "target");
        Account meddler = inbox.actor("far", "meddler");
        world.posts.village.askToFollow(Village.ALICE, target.id());
        world.outbox.followRequested(Village.ALICE, target.id());
        String follow = database.first("select uri from follow_request where target_account_id = $1", row -> row.getString("uri"), target.id()).orElseThrow();
        String embedded = """
            {"id": "%s", "type": "Follow", "actor": "%s", "object": "%s"}""".formatted(follow, ALICE, target.uri());
        inbox.receive(meddler.uri(), activity(meddler.uri(), "Accept", embedded));
        assertFalse(follows(Village.ALICE, target.id()));
        inbox.receive(target.uri(), activity(target.uri(), "Accept", embedded));
        assertTrue(follows(Village.ALICE, target.id()));
        inbox.receive(target.uri(), activity(target.uri(), "Reject", embedded));
        assertFalse(follows(Village.ALICE, target.id()));
    }

    @Test
    void lateAnswerToAnEarlierFollowSaysNothingOfTheOneThatStands() {
        Account target = inbox.actor("far", "slow");
        String earlier = """
            {"id": "%1$s#follows/1", "type": "Follow", "actor": "%1$s", "object": "%2$s"}""".formatted("https://village.example/users/alice", target.uri());
        world.posts.village.askToFollow(Village.ALICE, target.id());
        world.outbox.followRequested(Village.ALICE, target.id());
        inbox.receive(target.uri(), activity(target.uri(), "Accept", earlier));
        assertFalse(follows(Village.ALICE, target.id()));
        String standing = database.first("select uri from follow_request where target_account_id = $1", row -> row.getString("uri"), target.id()).orElseThrow();
        inbox.receive(target.uri(), activity(target.uri(), "Accept", quoted(standing)));
        inbox.receive(target.uri(), activity(target.uri(), "Reject", earlier));
        assertTrue(follows(Village.ALICE, target.id()));
    }

    @Test
    void acceptByTheMereIdOfOurFollowIsUnderstood() {
        Account target = inbox.actor("far", "terse");
        world.posts.village.askToFollow(Village.ALICE, target.id());
        world.outbox.followRequested(Village.ALICE, target.id());
        String follow = database.first("select uri from follow_request where target_account_id = $1", row -> row.getString("uri"), target.id()).orElseThrow();
        inbox.receive(target.uri(), activity(target.uri(), "Accept", quoted(follow)));
        assertTrue(follows(Village.ALICE, target.id()));
    }

    @Test
    void noteOfSomebodyFollowedHereIsStoredOnce() {
        Account friend = inbox.friend("far", "friend");
        String create = activity(friend.uri(), "Create", FederationWorld.note(ownNote(friend, "1"), friend.uri(), null));
        inbox.receive(friend.uri(), create);
        inbox.receive(friend.uri(), create);
        Status stored = world.posts.statuses.byUri(ownNote(friend, "1")).orElseThrow();
        assertEquals(Visibility.PUBLIC, stored.visibility());
        assertTrue(database.exists("select from home_entry where account_id = $1 and status_id = $2", Village.ALICE, stored.id()));
    }

    @Test
    void noteThatConcernsNobodyHereIsDropped() {
        Account stranger = inbox.actor("far", "stranger");
        inbox.receive(stranger.uri(), activity(stranger.uri(), "Create", FederationWorld.note(ownNote(stranger, "1"), stranger.uri(), null)));
        assertTrue(world.posts.statuses.byUri(ownNote(stranger, "1")).isEmpty());
    }

    @Test
    void replyOfAStrangerToAPostOfOursIsStored() {
        Account stranger = inbox.actor("far", "replier");
        Status post = world.posts.post(Village.ALICE, "anybody?", Visibility.PUBLIC);
        inbox.receive(stranger.uri(), activity(stranger.uri(), "Create", FederationWorld.note(ownNote(stranger, "1"), stranger.uri(), post.uri())));
        assertEquals(post.id(), world.posts.statuses.byUri(ownNote(stranger, "1")).orElseThrow().inReplyToId().orElseThrow());
    }

    @Test
    void hostileInput20_noteOfAnotherServerIsNotTakenOutOfACreate() {
        Account evil = inbox.friend("evil", "e20");
        Account victim = inbox.friend("victim", "v20");
        inbox.receive(evil.uri(), activity(evil.uri(), "Create", FederationWorld.note(ownNote(victim, "forged"), victim.uri(), null)));
        inbox.receive(evil.uri(), activity(evil.uri(), "Create", FederationWorld.note(ownNote(victim, "forged"), evil.uri(), null)));
        inbox.receive(evil.uri(), activity(evil.uri(), "Create", FederationWorld.note(ownNote(evil, "forged"), victim.uri(), null)));
        assertTrue(world.posts.statuses.byUri(ownNote(victim, "forged")).isEmpty());
        assertTrue(world.posts.statuses.byUri(ownNote(evil, "forged")).isEmpty());
    }

    @Test
    void hostileInput25_announcedObjectComesFromItsOriginAndNotOutOfTheAnnounce() {
        Account evil = inbox.friend("evil", "e25");
        Account victim = inbox.actor("victim", "v25");
        String note = ownNote(victim, "real");
        world.fediverse.serve(note, FederationWorld.note(note, victim.uri(), null));
        inbox.receive(evil.uri(), activity(evil.uri(), "Announce", FederationWorld.note(note, victim.uri(), null).replace("text", "forged")));
        assertEquals("<p>text</p>", world.posts.statuses.byUri(note).orElseThrow().content());
        String absent = ownNote(victim, "never-written");
        inbox.receive(evil.uri(), activity(evil.uri(), "Announce", FederationWorld.note(absent, victim.uri(), null)));
        assertTrue(world.posts.statuses.byUri(absent).isEmpty());
    }

    @Test
    void hostileInput26_activityOfAnotherActorThanTheSignerIsDropped() {
        Account evil = inbox.actor("evil", "e26");
        Account victim = inbox.actor("victim", "v26");
        inbox.receive(evil.uri(), activity(victim.uri(), "Follow", quoted(ALICE)));
        assertFalse(follows(victim.id(), Village.ALICE));
        assertFalse(follows(evil.id(), Village.ALICE));
    }

    @Test
    void hostileInput32_createOfAKnownPostByAnotherDoesNotWidenItsAudience() {
        Account victim = inbox.friend("victim", "v32");
        Account evil = inbox.actor("evil", "e32");
        String uri = ownNote(victim, "secret");
        inbox.receive(victim.uri(), activity(victim.uri(), "Create", FederationWorld.note(uri, victim.uri(), null).replace(PUBLIC, victim.followersUrl()))
            .replace("\"to\": [\"" + PUBLIC, "\"to\": [\"" + victim.followersUrl()));
        Status before = world.posts.statuses.byUri(uri).orElseThrow();
        assertEquals(Visibility.PRIVATE, before.visibility());
        inbox.receive(evil.uri(), activity(evil.uri(), "Create", quoted(uri)));
        inbox.receive(evil.uri(), activity(evil.uri(), "Create", FederationWorld.note(uri, victim.uri(), null)));
        inbox.receive(evil.uri(), activity(evil.uri(), "Announce", quoted(uri)));
        assertEquals(Visibility.PRIVATE, world.posts.statuses.byUri(uri).orElseThrow().visibility());
        assertFalse(database.exists("select from status where reblog_of_id = $1", before.id()));
    }

    @Test
    void hostileInput98_announceOfASuspendedAuthorIsNotStored() {
        Account friend = inbox.friend("far", "booster98");
        Account suspended = inbox.actor("victim", "s98");
        Status post = world.posts.remotePost(suspended.id(), "before", Visibility.PUBLIC);
        world.posts.suspend(suspended.id());
        inbox.receive(friend.uri(), activity(friend.uri(), "Announce", quoted(post.uri())));
        assertFalse(database.exists("select from status where reblog_of_id = $1", post.id()));
    }

    @Test
    void announceAndItsUndoAreCounted() {
        Account booster = inbox.actor("far", "booster");
        Status post = world.posts.post(Village.ALICE, "boost me", Visibility.PUBLIC);
        String announce = activity(booster.uri(), "Announce", quoted(post.uri()));
        inbox.receive(booster.uri(), announce);
        assertEquals(1, world.posts.statuses.byId(post.id()).orElseThrow().reblogsCount());
        inbox.receive(booster.uri(), activity(booster.uri(), "Undo", announce));
        assertEquals(0, world.posts.statuses.byId(post.id()).orElseThrow().reblogsCount());
    }

    @Test
    void likeAndItsUndoByIdAreCounted() {
        Account liker = inbox.actor("far", "liker");
        Status post = world.posts.post(Village.ALICE, "like me", Visibility.PUBLIC);
        String id = liker.uri() + "/likes/1";
        inbox.receive(liker.uri(), """
            {"id": "%s", "type": "Like", "actor": "%s", "object": "%s"}""".formatted(id, liker.uri(), post.uri()));
        assertEquals(1, world.posts.statuses.byId(post.id()).orElseThrow().favouritesCount());
        inbox.receive(liker.uri(), activity(liker.uri(), "Undo", quoted(id)));
        assertEquals(0, world.posts.statuses.byId(post.id()).orElseThrow().favouritesCount());
    }

    @Test
    void undoOfSomebodyElsesActivityIsDropped() {
        Account liker = inbox.actor("far", "liker2");
        Account evil = inbox.actor("far", "undoer");
        Status post = world.posts.post(Village.ALICE, "like me too", Visibility.PUBLIC);
        String like = activity(liker.uri(), "Like", quoted(post.uri()));
        inbox.receive(liker.uri(), like);
        inbox.receive(evil.uri(), activity(evil.uri(), "Undo", like));
        assertEquals(1, world.posts.statuses.byId(post.id()).orElseThrow().favouritesCount());
    }

    @Test
    void postIsEditedByItsAuthorAlone() {
        Account friend = inbox.friend("far", "editor");
        Account evil = inbox.actor("far", "vandal");
        String uri = ownNote(friend, "draft");
        inbox.receive(friend.uri(), activity(friend.uri(), "Create", FederationWorld.note(uri, friend.uri(), null)));
        String edited = FederationWorld.note(uri, friend.uri(), null)
            .replace("\"published\"", FederationWorld.updated(1) + ", \"published\"").replace("text", "better");
        inbox.receive(evil.uri(), activity(evil.uri(), "Update", edited));
        assertEquals("<p>text</p>", world.posts.statuses.byUri(uri).orElseThrow().content());
        inbox.receive(friend.uri(), activity(friend.uri(), "Update", edited));
        assertEquals("<p>better</p>", world.posts.statuses.byUri(uri).orElseThrow().content());
    }

    @Test
    void deletedPostDoesNotComeBack() {
        Account friend = inbox.friend("far", "deleter");
        String uri = ownNote(friend, "gone");
        inbox.receive(friend.uri(), activity(friend.uri(), "Create", FederationWorld.note(uri, friend.uri(), null)));
        inbox.receive(friend.uri(), activity(friend.uri(), "Delete", "{\"type\": \"Tombstone\", \"id\": \"%s\"}".formatted(uri)));
        assertTrue(world.posts.statuses.byUri(uri).isEmpty());
        inbox.receive(friend.uri(), activity(friend.uri(), "Create", FederationWorld.note(uri, friend.uri(), null)));
        assertTrue(world.posts.statuses.byUri(uri).isEmpty());
    }

    @Test
    void deleteThatComesFirstIsRemembered() {
        Account friend = inbox.friend("far", "hasty");
        String uri = ownNote(friend, "early");
        inbox.receive(friend.uri(), activity(friend.uri(), "Delete", quoted(uri)));
        inbox.receive(friend.uri(), activity(friend.uri(), "Create", FederationWorld.note(uri, friend.uri(), null)));
        assertTrue(world.posts.statuses.byUri(uri).isEmpty());
    }

    @Test
    void postIsDeletedByItsAuthorAlone() {
        Account friend = inbox.friend("far", "keeper");
        Account evil = inbox.actor("far", "eraser");
        String uri = ownNote(friend, "kept");
        inbox.receive(friend.uri(), activity(friend.uri(), "Create", FederationWorld.note(uri, friend.uri(), null)));
        inbox.receive(evil.uri(), activity(evil.uri(), "Delete", quoted(uri)));
        assertTrue(world.posts.statuses.byUri(uri).isPresent());
    }

    @Test
    void actorDeletesItselfAndNobodyElse() {
        Account leaving = inbox.actor("far", "leaving");
        Account staying = inbox.actor("far", "staying");
        inbox.receive(leaving.uri(), activity(leaving.uri(), "Delete", quoted(staying.uri())));
        assertNull(world.accounts.byId(staying.id()).orElseThrow().deletedAt());
        inbox.receive(leaving.uri(), activity(leaving.uri(), "Delete", quoted(leaving.uri())));
        assertNotNull(world.accounts.byId(leaving.id()).orElseThrow().deletedAt());
    }

    @Test
    void blockEndsFollowsBothWays() {
        Account blocker = inbox.friend("far", "blocker");
        database.execute("insert into follow (account_id, target_account_id) values ($2, $1)", Village.ALICE, blocker.id());
        inbox.receive(blocker.uri(), activity(blocker.uri(), "Block", quoted(ALICE)));
        assertFalse(follows(Village.ALICE, blocker.id()));
        assertFalse(follows(blocker.id(), Village.ALICE));
    }

    @Test
    void banFromACommunityIsNoPersonalBlock() {
        Account moderator = inbox.friend("far", "moderator");
        String target = ", \"target\": \"https://far.example/c/books\"";
        String ban = InboxWorld.activity(moderator.uri(), "Block", quoted(ALICE), target);
        inbox.receive(moderator.uri(), ban);
        assertTrue(follows(Village.ALICE, moderator.id()));
        inbox.receive(moderator.uri(), activity(moderator.uri(), "Block", quoted(ALICE)));
        inbox.receive(moderator.uri(), activity(moderator.uri(), "Undo", ban));
        assertTrue(database.exists("select from block where account_id = $1 and target_account_id = $2", moderator.id(), Village.ALICE));
    }

    @Test
    void suspendedActorMayOnlyTakeThingsBack() {
        Account suspended = inbox.actor("far", "suspended");
        Status post = world.posts.post(Village.ALICE, "hm", Visibility.PUBLIC);
        inbox.receive(suspended.uri(), activity(suspended.uri(), "Like", quoted(post.uri())));
        world.posts.suspend(suspended.id());
        inbox.receive(suspended.uri(), activity(suspended.uri(), "Follow", quoted(ALICE)));
        assertFalse(follows(suspended.id(), Village.ALICE));
        inbox.receive(suspended.uri(), activity(suspended.uri(), "Undo", activity(suspended.uri(), "Like", quoted(post.uri()))));
        assertEquals(0, world.posts.statuses.byId(post.id()).orElseThrow().favouritesCount());
    }

    @Test
    void unknownKindsOfActivityAreIgnored() {
        Account odd = inbox.actor("far", "odd");
        inbox.receive(odd.uri(), activity(odd.uri(), "Travel", quoted(ALICE)));
        inbox.receive(odd.uri(), activity(odd.uri(), "Listen", "{\"type\": \"Audio\"}"));
        assertFalse(follows(odd.id(), Village.ALICE));
    }

    @Test
    void undoThatOvertakesItsFollowHoldsOnce() {
        Account hasty = inbox.actor("far", "hasty");
        String follow = activity(hasty.uri(), "Follow", quoted(ALICE));
        inbox.receive(hasty.uri(), activity(hasty.uri(), "Undo", follow));
        inbox.receive(hasty.uri(), follow);
        assertFalse(follows(hasty.id(), Village.ALICE));
        inbox.receive(hasty.uri(), follow);
        assertTrue(follows(hasty.id(), Village.ALICE));
    }

    @Test
    void undoThatOvertakesItsLikeHolds() {
        Account hasty = inbox.actor("far", "hasty2");
        Status post = world.posts.post(Village.ALICE, "liked in vain", Visibility.PUBLIC);
        String like = activity(hasty.uri(), "Like", quoted(post.uri()));
        inbox.receive(hasty.uri(), activity(hasty.uri(), "Undo", like));
        inbox.receive(hasty.uri(), like);
        assertEquals(0, world.posts.statuses.byId(post.id()).orElseThrow().favouritesCount());
    }

    @Test
    void repeatedUndoOfOneIdDoesNotSwallowTheNextFollow() {
        Account misskey = inbox.actor("far", "misskey2");
        String follow = """
            {"id": "%1$s/follows/alice", "type": "Follow", "actor": "%1$s", "object": "%2$s"}""".formatted(misskey.uri(), ALICE);
        String undo = """
            {"id": "%1$s/follows/alice/undo", "type": "Undo", "actor": "%1$s", "object": %2$s}""".formatted(misskey.uri(), follow);
        inbox.receive(misskey.uri(), follow);
        inbox.receive(misskey.uri(), undo);
        inbox.receive(misskey.uri(), undo);
        inbox.receive(misskey.uri(), follow);
        assertTrue(follows(misskey.id(), Village.ALICE));
    }

    @Test
    void undoOfASecondAnnounceTakesTheBoostBack() {
        Account booster = inbox.actor("far", "booster2");
        Status post = world.posts.post(Village.ALICE, "boost me twice", Visibility.PUBLIC);
        inbox.receive(booster.uri(), activity(booster.uri(), "Announce", quoted(post.uri())));
        String again = activity(booster.uri(), "Announce", quoted(post.uri()));
        inbox.receive(booster.uri(), again);
        inbox.receive(booster.uri(), activity(booster.uri(), "Undo", again));
        assertEquals(0, world.posts.statuses.byId(post.id()).orElseThrow().reblogsCount());
    }
}
