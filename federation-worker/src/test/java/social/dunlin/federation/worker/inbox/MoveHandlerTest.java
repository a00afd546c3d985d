package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import social.dunlin.federation.worker.actor.FollowerMoveHandler;
import social.dunlin.federation.worker.inbox.InboxMetrics.Outcome;
import social.dunlin.queue.JobRun;
import social.dunlin.relationship.FollowerMove;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MoveHandlerTest {
    private InboxWorld inbox;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        inbox = new InboxWorld(database, vertx, options);
    }

    @AfterAll
    void end() {
        inbox.close();
    }

    private String alias(String uri) {
        return "\"alsoKnownAs\": [\"" + uri + "\"]";
    }

    /** Settles an actor whose document has one more member. */
    private String settle(String server, String name, String member) {
        String uri = inbox.federation.settle(server, name);
        inbox.federation.fediverse.serve(uri, inbox.federation.actor(server, name).replace("\"name\"", member + ", \"name\""));
        return uri;
    }

    private Outcome move(Account sender, String object, String target) {
        return inbox.receive(sender.uri(), activity(sender.uri(), "Move", quoted(object), ", \"target\": \"" + target + "\"")).outcome();
    }

    /** Does the jobs of this move until none is left, as the queue would. */
    private int bringAlong(Account old, String target) {
        long to = inbox.federation.accounts.byUri(target).orElseThrow().id();
        FollowerMoveHandler worker = new FollowerMoveHandler(inbox.database, inbox.moves, inbox.federation.jobs);
        int runs = 0;
        while (inbox.database.execute("delete from job where kind = 'follower_move' and unique_key = $1", old.id() + " " + to) > 0) {
            worker.handle(new JobRun(1, "follower_move", new FollowerMove(old.id(), to).job().payload(), 1, ""));
            runs++;
        }
        return runs;
    }

    private boolean asks(long follower, String target) {
        return inbox.count("follow_request", "account_id = $1 and target_account_id = (select id from account where uri = $2)", follower, target) == 1;
    }

    private boolean follows(long follower, Account target) {
        return inbox.count("follow", "account_id = $1 and target_account_id = $2", follower, target.id()) == 1;
    }

    @Test
    void followersHereFollowTheNewAccountWithTheirWishesAndLeaveTheOld() {
        Account old = inbox.friend("far", "old");
        inbox.database.execute("update follow set notify = true, reblogs = false where target_account_id = $1", old.id());
        inbox.database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", Village.BOB, old.id());
        String target = settle("other", "new", alias(old.uri()));
        assertEquals(Outcome.DONE, move(old, old.uri(), target));
        assertEquals(2, bringAlong(old, target));
        assertTrue(asks(Village.ALICE, target));
        assertTrue(asks(Village.BOB, target));
        assertFalse(follows(Village.ALICE, old));
        assertEquals(1, inbox.count("follow_request", "account_id = $1 and notify and not reblogs", Village.ALICE));
        assertEquals(2, inbox.count("outgoing_activity", "body like '%\"Undo\"%' and body like $1", "%" + old.uri() + "%"));
        assertEquals(2, inbox.count("outgoing_activity", "body like '{\"@context%\"type\":\"Follow\"%' and body like $1", "%" + target + "%"));
    }

    @Test
    void manyFollowersComeAFewAtATime() {
        Account old = inbox.actor("far", "popular");
        inbox.database.execute("""
            insert into account (id, domain_id, username, host, uri)
            select 500000 + number, (select min(id) from domain), 'fan' || number, 'village.example', 'https://village.example/users/fan' || number
            from generate_series(1, 120) as number""");
        inbox.database.execute("insert into follow (account_id, target_account_id) select id, $1 from account where username like 'fan%'", old.id());
        String target = settle("other", "popular2", alias(old.uri()));
        move(old, old.uri(), target);
        assertEquals(4, bringAlong(old, target));
        assertEquals(120, inbox.count("follow_request", "target_account_id = (select id from account where uri = $1)", target));
        assertEquals(0, inbox.count("follow", "target_account_id = $1", old.id()));
    }

    @Test
    void blocksMutesAndRemarksGoAlong() {
        Account old = inbox.friend("far", "shady");
        inbox.database.execute("insert into block (account_id, target_account_id) values ($1, $2)", Village.BOB, old.id());
        inbox.database.execute("insert into mute (account_id, target_account_id) values ($1, $2)", Village.CAROL, old.id());
        inbox.database.execute("insert into account_note (account_id, target_account_id, comment) values ($1, $2, 'odd')", Village.DORA, old.id());
        String target = settle("other", "shady2", alias(old.uri()));
        move(old, old.uri(), target);
        bringAlong(old, target);
        String there = "target_account_id = (select id from account where uri = $2)";
        assertEquals(1, inbox.count("block", "account_id = $1 and " + there, Village.BOB, target));
        assertEquals(1, inbox.count("mute", "account_id = $1 and " + there, Village.CAROL, target));
        assertEquals(1, inbox.count("account_note", "comment = 'odd' and account_id = $1 and " + there, Village.DORA, target));
    }

    @Test
    void whoBlocksTheNewAccountDoesNotFollowIt() {
        Account old = inbox.friend("far", "twoface");
        String target = settle("other", "twoface2", alias(old.uri()));
        Account other = inbox.fetched(target);
        inbox.database.execute("insert into block (account_id, target_account_id) values ($1, $2)", Village.ALICE, other.id());
        move(old, old.uri(), target);
        bringAlong(old, target);
        assertFalse(asks(Village.ALICE, target));
    }

    @Test
    void newAccountMustNameTheOldOne() {
        Account old = inbox.friend("far", "stolen");
        String target = settle("evil", "thief", alias("https://far.example/users/somebody-else"));
        move(old, old.uri(), target);
        assertEquals(0, bringAlong(old, target));
        assertTrue(follows(Village.ALICE, old));
    }

    @Test
    void nobodyMovesSomebodyElse() {
        Account victim = inbox.friend("victim", "settled");
        Account evil = inbox.actor("evil", "mover");
        String target = settle("evil", "trap", alias(victim.uri()));
        assertEquals(Outcome.IGNORED, move(evil, victim.uri(), target));
        Account trap = inbox.fetched(target);
        move(trap, victim.uri(), target);
        assertEquals(0, bringAlong(victim, target));
        assertTrue(follows(Village.ALICE, victim));
    }

    @Test
    void newAccountMayTellOfTheMoveWhenTheOldOneSaysSo() {
        Account old = inbox.friend("far", "pulled");
        String target = settle("other", "pulled2", alias(old.uri()));
        settle("far", "pulled", "\"movedTo\": \"" + target + "\"");
        Account fresh = inbox.fetched(target);
        assertEquals(Outcome.DONE, move(fresh, old.uri(), target));
        bringAlong(old, target);
        assertTrue(asks(Village.ALICE, target));
    }

    @Test
    void secondMoveWithinAWeekIsNotFollowed() {
        Account old = inbox.friend("far", "restless");
        String first = settle("other", "restless2", alias(old.uri()));
        String second = settle("victim", "restless3", alias(old.uri()));
        move(old, old.uri(), first);
        move(old, old.uri(), second);
        assertEquals(0, bringAlong(old, second));
        bringAlong(old, first);
        assertTrue(asks(Village.ALICE, first));
    }

    @Test
    void moveToAnAccountOfOursIsFollowedAtOnce() {
        Account old = inbox.friend("far", "homecoming");
        inbox.database.execute("update account set also_known_as = array[$2] where id = $1", Village.DORA, old.uri());
        String dora = "https://village.example/users/dora";
        move(old, old.uri(), dora);
        bringAlong(old, dora);
        assertTrue(follows(Village.ALICE, inbox.federation.accounts.byId(Village.DORA).orElseThrow()));
    }

    @Test
    void moveOfSomebodyNobodyKnowsCostsNothing() {
        Account stranger = inbox.actor("far", "wanderer");
        String target = settle("other", "wanderer2", alias(stranger.uri()));
        assertEquals(Outcome.IGNORED, move(stranger, stranger.uri(), target));
        assertEquals(0, inbox.federation.fediverse.count(target));
    }

    @Test
    void hostileInput56_chainOfMovesIsNotFollowedBeyondItsFirstStep() {
        Account old = inbox.friend("far", "chain0");
        String third = inbox.federation.fediverse.url("evil", "/users/chain2");
        String second = settle("evil", "chain1", alias(old.uri()) + ", \"movedTo\": \"" + third + "\"");
        settle("evil", "chain2", alias(second) + ", \"movedTo\": \"" + inbox.federation.fediverse.url("evil", "/users/chain3") + "\"");
        inbox.fetched(third);
        move(old, old.uri(), second);
        assertEquals(0, bringAlong(old, second));
        assertEquals(0, inbox.federation.fediverse.count(inbox.federation.fediverse.url("evil", "/users/chain3")));
        assertTrue(follows(Village.ALICE, old));
    }

    @Test
    void accountThatMovesBackIsNoLongerMoved() {
        Account old = inbox.friend("far", "returning");
        String target = settle("other", "returning2", alias(old.uri()));
        settle("far", "returning", "\"movedTo\": \"" + target + "\"");
        inbox.fetched(target);
        assertTrue(inbox.fetched(old.uri()).movedToId().isPresent());
        inbox.federation.settle("far", "returning");
        assertTrue(inbox.fetched(old.uri()).movedToId().isEmpty());
    }
}
