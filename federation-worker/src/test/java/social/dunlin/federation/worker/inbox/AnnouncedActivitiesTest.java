package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
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
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.worker.inbox.InboxMetrics.Outcome;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnnouncedActivitiesTest {
    private InboxWorld inbox;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        inbox = new InboxWorld(database, vertx, options);
    }

    @AfterAll
    void end() {
        inbox.close();
    }

    private Account community(String name) {
        return inbox.followed(inbox.group("far", name));
    }

    private Outcome announce(Account group, String inner) {
        return inbox.receive(group.uri(), activity(group.uri(), "Announce", inner)).outcome();
    }

    private boolean isIn(String uri, Account group) {
        return inbox.federation.posts.communities.isIn(inbox.status(uri), group.id());
    }

    private long actions(String action, Status status) {
        return inbox.count("community_action", "action = $1 and object_uri = $2", action, status.uri());
    }

    @Test
    void newPostIsReadAtItsOriginAndStandsInTheCommunityWithoutBoost() {
        Account group = community("books");
        Account author = inbox.actor("other", "reader");
        String uri = inbox.pageIn(group, author, "new");
        announce(group, activity(author.uri(), "Create", FederationWorld.note(uri, author.uri(), null).replace("text", "forged")));
        assertEquals("<p>text</p>", inbox.status(uri).content());
        assertTrue(isIn(uri, group));
        assertEquals(0, inbox.count("status", "reblog_of_id = $1", inbox.status(uri).id()));
    }

    @Test
    void postThatDoesNotAddressTheCommunityDoesNotStandThere() {
        Account group = community("grabber");
        Account author = inbox.actor("other", "grabbed");
        String uri = author.uri() + "/notes/mine";
        inbox.federation.fediverse.serve(uri, FederationWorld.note(uri, author.uri(), null));
        inbox.receive(group.uri(), activity(group.uri(), "Announce", quoted(uri)));
        assertFalse(isIn(uri, group));
        assertEquals(1, inbox.count("status", "reblog_of_id = $1 and account_id = $2", inbox.status(uri).id(), group.id()));
    }

    @Test
    void announcedUpdateIsReadAtItsOrigin() {
        Account group = community("edits");
        Account author = inbox.actor("other", "editor");
        Status page = inbox.standing(group, author, "draft");
        String later = FederationWorld.note(page.uri(), author.uri(), null).replace("text", "better")
            .replace("\"published\"", FederationWorld.updated(1) + ", \"published\"");
        inbox.federation.fediverse.serve(page.uri(), later);
        announce(group, activity(author.uri(), "Update", later.replace("better", "forged")));
        assertEquals("<p>better</p>", inbox.status(page.uri()).content());
    }

    @Test
    void announcedDeleteByTheAuthorCountsWhenItsOriginAgrees() {
        Account group = community("regrets");
        Account author = inbox.actor("other", "regretful");
        Status page = inbox.standing(group, author, "said");
        String delete = activity(author.uri(), "Delete", quoted(page.uri()));
        announce(group, delete);
        assertTrue(inbox.isStored(page.uri()));
        inbox.federation.fediverse.answer(page.uri(), request -> Answer.status(410));
        announce(group, delete);
        assertFalse(inbox.isStored(page.uri()));
        announce(group, activity(author.uri(), "Create", quoted(page.uri())));
        assertFalse(inbox.isStored(page.uri()));
        announce(group, activity(group.uri(), "Undo", delete));
        assertFalse(inbox.isStored(page.uri()));
        inbox.pageIn(group, author, "said");
        inbox.database.execute("delete from fetch_failure");
        announce(group, activity(author.uri(), "Undo", delete));
        assertTrue(isIn(page.uri(), group));
    }

    @Test
    void announcedDeleteOnTheCommunitysOwnServerNeedsNoSecondWord() {
        Account group = community("home");
        Account author = inbox.actor("far", "neighbour");
        Status page = inbox.standing(group, author, "said");
        announce(group, activity(author.uri(), "Delete", quoted(page.uri())));
        assertFalse(inbox.isStored(page.uri()));
    }

    @Test
    void moderatorTakesAPostOutOfTheCommunityAndPutsItBack() {
        Account group = community("orderly");
        Account moderator = inbox.actor("far", "moderator");
        Account author = inbox.actor("other", "rowdy");
        Status page = inbox.standing(group, author, "shout");
        inbox.receive(group.uri(), activity(group.uri(), "Announce", quoted(page.uri())));
        String delete = activity(moderator.uri(), "Delete", quoted(page.uri()), ", \"summary\": \"too <b>loud</b>\"");
        announce(group, delete);
        assertTrue(inbox.isStored(page.uri()));
        assertFalse(isIn(page.uri(), group));
        assertEquals(0, inbox.count("status", "reblog_of_id = $1", page.id()));
        assertEquals(1, inbox.count("community_action", "action = 'remove' and object_uri = $1 and actor_uri = $2 and reason = 'too loud'",
            page.uri(), moderator.uri()));
        announce(group, activity(author.uri(), "Create", quoted(page.uri())));
        assertFalse(isIn(page.uri(), group));
        announce(group, activity(moderator.uri(), "Undo", delete));
        assertTrue(isIn(page.uri(), group));
        assertEquals(1, actions("restore", page));
    }

    @Test
    void postOfOursIsNeverDeletedByACommunity() {
        Account group = community("guests");
        Status post = inbox.federation.posts.post(Village.ALICE, "@guests@" + group.host() + " hello", Visibility.PUBLIC);
        inbox.database.execute("insert into mention (status_id, account_id) values ($1, $2) on conflict do nothing", post.id(), group.id());
        inbox.receive(group.uri(), activity(group.uri(), "Announce", quoted(post.uri())));
        assertTrue(isIn(post.uri(), group));
        announce(group, activity(InboxWorld.ALICE, "Delete", quoted(post.uri())));
        announce(group, activity(group.uri(), "Delete", quoted(post.uri())));
        assertTrue(inbox.isStored(post.uri()));
        assertFalse(isIn(post.uri(), group));
    }

    @Test
    void votesOfTheCommunityCountForItsOwnPostsAlone() {
        Account group = community("voters");
        Account other = community("others");
        Account author = inbox.actor("other", "author");
        Account voter = inbox.actor("victim", "voter");
        Status page = inbox.standing(group, author, "vote");
        String like = activity(voter.uri(), "Like", quoted(page.uri()));
        announce(other, like);
        assertEquals(0, inbox.status(page.uri()).favouritesCount());
        announce(group, like);
        assertEquals(1, inbox.status(page.uri()).favouritesCount());
        announce(group, activity(voter.uri(), "Dislike", quoted(page.uri())));
        assertEquals(0, inbox.status(page.uri()).favouritesCount());
        assertEquals(1, inbox.count("dislike", "status_id = $1", page.id()));
        announce(group, activity(voter.uri(), "Undo", activity(voter.uri(), "Dislike", quoted(page.uri()))));
        assertEquals(0, inbox.count("dislike", "status_id = $1", page.id()));
        announce(group, like);
        announce(group, activity(voter.uri(), "Undo", like));
        assertEquals(0, inbox.status(page.uri()).favouritesCount());
    }

    @Test
    void nobodyHereVotesByWayOfACommunityAndStrangersAreNotLookedUpForPostsElsewhere() {
        Account group = community("ballot");
        Account author = inbox.actor("other", "candidate");
        Status page = inbox.standing(group, author, "me");
        announce(group, activity("https://village.example/users/bob", "Like", quoted(page.uri())));
        String stranger = inbox.federation.settle("victim", "ballotstranger");
        announce(group, activity(stranger, "Like", quoted(page.uri())));
        assertEquals(0, inbox.status(page.uri()).favouritesCount());
        assertEquals(0, inbox.federation.fediverse.count(stranger));
    }

    @Test
    void strangersVoteForAPostOfOursIsCountedAndTold() {
        Account group = inbox.group("far", "club");
        Status post = inbox.federation.posts.post(Village.ALICE, "dear club", Visibility.PUBLIC);
        inbox.database.execute("insert into mention (status_id, account_id) values ($1, $2)", post.id(), group.id());
        inbox.receive(group.uri(), activity(group.uri(), "Announce", quoted(post.uri())));
        String stranger = inbox.federation.settle("victim", "clubber");
        announce(group, activity(stranger, "Like", quoted(post.uri())));
        assertEquals(1, inbox.status(post.uri()).favouritesCount());
        assertEquals(1, inbox.count("notification", "status_id = $1 and type = 'favourite'", post.id()));
        announce(group, activity(stranger, "Undo", activity(stranger, "Like", quoted(post.uri()))));
        assertEquals(0, inbox.status(post.uri()).favouritesCount());
    }

    @Test
    void lockedConversationTakesNoAnswersFromHereUntilItIsOpened() {
        Account group = community("quiet");
        Account moderator = inbox.actor("far", "hush");
        Status page = inbox.standing(group, inbox.actor("other", "debater"), "heated");
        String lock = activity(moderator.uri(), "Lock", quoted(page.uri()));
        Status before = answer(page);
        announce(group, lock);
        announce(group, lock);
        assertEquals(403, assertThrows(Refusal.class, () -> answer(page)).status());
        inbox.federation.posts.database.execute("update status set group_account_id = $2 where id = $1", before.id(), group.id());
        assertEquals(403, assertThrows(Refusal.class, () -> answer(before)).status(), "nor further down");
        Status other = inbox.standing(group, inbox.actor("other", "calm"), "peaceful");
        answer(other);
        announce(group, activity(moderator.uri(), "Undo", lock));
        assertEquals(1, actions("lock", page));
        assertEquals(1, actions("unlock", page));
        answer(page);
    }

    private Status answer(Status parent) {
        return inbox.federation.posts.service.publish(inbox.federation.posts.village.account(Village.ALICE), NewStatus.text("Yes").inReplyTo(parent.id()));
    }

    @Test
    void communityPinsItsPostsByWayOfItsModerators() {
        Account group = community("pins");
        Account moderator = inbox.actor("far", "pinner");
        Status page = inbox.standing(group, inbox.actor("other", "pinned"), "rules");
        String target = ", \"target\": \"" + group.featuredUrl() + "\"";
        announce(group, activity(moderator.uri(), "Add", quoted(page.uri()), target));
        assertEquals(1, inbox.count("status_pin", "account_id = $1 and status_id = $2", group.id(), page.id()));
        assertEquals(1, actions("feature", page));
        announce(group, activity(moderator.uri(), "Remove", quoted(page.uri()), target));
        assertEquals(0, inbox.count("status_pin", "account_id = $1", group.id()));
        assertEquals(1, actions("unfeature", page));
    }

    @Test
    void hostileInput43_removalOfAModeratorChangesNothingWhoeverSendsIt() {
        Account group = community("ranks");
        Account lower = inbox.actor("far", "lower");
        Account higher = inbox.actor("far", "higher");
        String target = ", \"target\": \"" + group.uri() + "/moderators\"";
        assertEquals(Outcome.IGNORED, inbox.receive(lower.uri(), activity(lower.uri(), "Remove", quoted(higher.uri()), target)).outcome());
        assertEquals(Outcome.IGNORED, announce(group, activity(lower.uri(), "Remove", quoted(higher.uri()), target)));
        assertEquals(0, inbox.count("community_action", "group_account_id = $1", group.id()));
    }

    @Test
    void hostileInput44_pinByAnOutsiderOrIntoAnotherCommunityIsRefusedAndEachAcceptedOneIsNoted() {
        Account group = community("guarded");
        Account other = community("intruders");
        Account outsider = inbox.actor("evil", "outsider");
        Status page = inbox.standing(group, outsider, "advert");
        String target = ", \"target\": \"" + group.featuredUrl() + "\"";
        String add = activity(outsider.uri(), "Add", quoted(page.uri()), target);
        assertEquals(Outcome.IGNORED, inbox.receive(outsider.uri(), add).outcome());
        assertEquals(Outcome.IGNORED, announce(other, add));
        announce(other, activity(outsider.uri(), "Add", quoted(page.uri()), ", \"target\": \"" + other.featuredUrl() + "\""));
        announce(other, activity(outsider.uri(), "Delete", quoted(page.uri()), ", \"summary\": \"mine now\""));
        Account moderator = inbox.actor("far", "othermoderator");
        announce(other, activity(moderator.uri(), "Delete", quoted(page.uri())));
        announce(other, activity(moderator.uri(), "Lock", quoted(page.uri())));
        assertEquals(0, inbox.count("status_pin", "status_id = $1", page.id()));
        assertTrue(isIn(page.uri(), group));
        assertEquals(0, inbox.count("community_action", "object_uri = $1", page.uri()));
        announce(group, add);
        assertEquals(1, inbox.count("status_pin", "status_id = $1 and account_id = $2", page.id(), group.id()));
        assertEquals(1, inbox.count("community_action", "object_uri = $1", page.uri()));
    }

    @Test
    void onlyCommunitiesPassActivitiesOn() {
        Account person = inbox.friend("far", "relaying");
        Account author = inbox.actor("other", "relayed");
        String uri = author.uri() + "/notes/relayed";
        inbox.federation.fediverse.serve(uri, FederationWorld.note(uri, author.uri(), null));
        assertEquals(Outcome.IGNORED, announce(person, activity(author.uri(), "Create", quoted(uri))));
        assertFalse(inbox.isStored(uri));
    }

    @Test
    void hostileInput25_forgedInnerActivityHasNoEffectOnOthersPosts() {
        Account evil = inbox.followed(inbox.group("evil", "forgers"));
        Account victim = inbox.friend("victim", "v25");
        Status post = inbox.federation.posts.remotePost(victim.id(), "innocent", Visibility.PUBLIC);
        inbox.federation.fediverse.serve(post.uri(), FederationWorld.note(post.uri(), victim.uri(), null).replace("text", "innocent"));
        announce(evil, activity(victim.uri(), "Delete", quoted(post.uri())));
        announce(evil, activity(victim.uri(), "Update", FederationWorld.note(post.uri(), victim.uri(), null).replace("text", "forged")));
        announce(evil, activity(victim.uri(), "Like", quoted(post.uri())));
        announce(evil, activity(victim.uri(), "Undo", activity(victim.uri(), "Follow", quoted(InboxWorld.ALICE))));
        Status after = inbox.status(post.uri());
        assertEquals("<p>innocent</p>", after.content());
        assertEquals(0, after.favouritesCount());
    }
}
