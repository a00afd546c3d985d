package social.dunlin.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.fetch.Fetched;
import social.dunlin.federation.fetch.Fetched.Failed;
import social.dunlin.federation.fetch.Fetched.Reason;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;
import social.dunlin.instance.InstanceStore;
import social.dunlin.media.proxy.MediaRejections;
import social.dunlin.moderation.DomainBlock.Severity;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.relationship.Severance;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

/** In the village Alice follows Frida of far.example, and Gustav of there follows her. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DomainBlocksTest {
    private static final Host FAR = Host.parse("far.example");

    private Database database;
    private FederationWorld world;
    private MediaRejections rejections;
    private DomainBlocks blocks;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        rejections = new MediaRejections(database, world.bus);
        blocks = new DomainBlocks(database, new DomainBlockStore(database), world.domains, RelationshipServices.of(database, world.outbox), rejections,
            world.jobs, world.bus);
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void peace() {
        database.execute("delete from domain_block");
        database.execute("delete from job");
        database.execute("delete from outgoing_activity");
        database.execute("delete from relationship_severance");
        database.execute("update account set suspended_at = null, silenced_at = null, blocked_host = null");
    }

    private void block(Host host, Severity severity) {
        blocks.put(host, severity, "", "", false);
        work();
    }

    /** As the job does, until nothing is left, one account at a time. */
    private void work() {
        while (true) {
            List<String> waiting = database.list("delete from job where kind = 'domain_block' returning payload", row -> row.getString("payload"));
            if (waiting.isEmpty()) {
                return;
            }
            waiting.forEach(host -> blocks.step(host, 1));
        }
    }

    private Account account(long id) {
        return world.accounts.byId(id).orElseThrow();
    }

    private List<String> told() {
        return database.list("""
            select (body::jsonb)->>'type' as type, delivery.inbox_url from delivery
            join outgoing_activity on outgoing_activity.id = delivery.activity_id order by delivery.id""",
            row -> row.getString("type") + " " + row.getString("inbox_url"));
    }

    @Test
    void followsWithABlockedServerEndAndPeopleOfBothSidesAreTold() {
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2), ($2, $1), ($3, $1) on conflict do nothing", Village.ALICE,
            Village.FRIDA, Village.GUSTAV);
        blocks.put(FAR, Severity.SUSPEND, "", "", false);
        assertFalse(database.exists("select from follow join account on account.id in (account_id, target_account_id) where host = 'far.example'"));
        assertEquals(List.of("Reject https://far.example/inbox", "Undo https://far.example/inbox"), told().stream().distinct().sorted().toList());
        List<Long> ids = database.list("select severance_id from notification where account_id = $1 and type = 'severed_relationships'",
            row -> row.getLong("severance_id"), Village.ALICE);
        Severance loss = RelationshipServices.severances(database).byIds(ids).getFirst();
        assertEquals("DOMAIN_BLOCK far.example 2/1", "%s %s %d/%d".formatted(loss.cause(), loss.target(), loss.followers(), loss.following()));
        work();
        assertTrue(account(Village.FRIDA).isSuspended() && account(Village.GUSTAV).isSuspended());
        assertFalse(account(Village.HEDY).isSuspended(), "another server");
        blocks.put(FAR, Severity.SUSPEND, "again", "", false);
        assertEquals(1, database.list("select id from relationship_severance where account_id = $1", row -> row.getLong("id"), Village.ALICE).size());
    }

    @Test
    void nothingIsAskedOfABlockedServerOrOneBelowIt() {
        String far = world.settle("far", "newcomer");
        block(Host.parse("example"), Severity.SUSPEND);
        world.fediverse.forgetRequests();
        Fetched fetched = world.fetcher.byId(ObjectUri.parse(far), Budgets.forActivity());
        assertEquals(Reason.FORBIDDEN, assertInstanceOf(Failed.class, fetched).reason());
        assertTrue(rejections.isRejected("media.far.example"), "nor are its pictures");
        block(Host.parse("example"), Severity.SILENCE);
        assertInstanceOf(Fetched.Document.class, world.fetcher.byId(ObjectUri.parse(far), Budgets.forActivity()));
    }

    @Test
    void whoComesLaterComesInAsTheServerStands() {
        String limited = world.settle("far", "limited");
        block(Host.parse("example"), Severity.SILENCE);
        world.actors.fetch(limited, Budgets.forActivity());
        Account account = world.accounts.byUri(limited).orElseThrow();
        assertTrue(account.silencedAt() != null && !account.isSuspended());
        blocks.lift(Host.parse("example"));
        work();
        assertTrue(account(account.id()).silencedAt() == null);
        assertTrue(account(Village.IVAN).silencedAt() == null);
    }

    @Test
    void whatIsLiftedIsNoMoreThanWhatWasLaidOn() {
        database.execute("update account set suspended_at = now() where id = $1", Village.GUSTAV);
        block(FAR, Severity.SUSPEND);
        block(FAR, Severity.SILENCE);
        assertTrue(account(Village.FRIDA).silencedAt() != null && !account(Village.FRIDA).isSuspended());
        assertTrue(account(Village.GUSTAV).isSuspended());
        block(FAR, Severity.SUSPEND);
        assertTrue(account(Village.FRIDA).silencedAt() == null && account(Village.FRIDA).isSuspended());
        blocks.lift(FAR);
        work();
        assertFalse(account(Village.FRIDA).isSuspended());
        assertTrue(account(Village.GUSTAV).isSuspended(), "by hand, before");
        assertThrows(Refusal.class, () -> blocks.lift(FAR));
    }

    @Test
    void blockAboveHoldsWhatTheOneBelowLetsGo() {
        block(Host.parse("example"), Severity.SILENCE);
        block(FAR, Severity.SUSPEND);
        blocks.lift(FAR);
        work();
        assertTrue(account(Village.FRIDA).silencedAt() != null && !account(Village.FRIDA).isSuspended());
    }

    @Test
    void whatWasSaidOfItsMediaStays() {
        rejections.reject(FAR);
        block(FAR, Severity.SUSPEND);
        blocks.lift(FAR);
        work();
        assertEquals(List.of("far.example"), List.copyOf(new MediaRejections(database, world.bus).all()));
        assertEquals(List.of(), blocks.all());
    }

    @Test
    void blockedServersAreNoPeersAndOwnOnesCannotBeBlocked() {
        block(FAR, Severity.SUSPEND);
        assertFalse(new InstanceStore(database).peers().contains("far.example"));
        assertTrue(new InstanceStore(database).peers().contains("other.example"));
        assertEquals(422, assertThrows(Refusal.class, () -> block(Host.parse(Village.VILLAGE), Severity.SUSPEND)).status());
    }

    @Test
    void listGivesTheBlockedFirstAndHidesNamesWhereWished() {
        blocks.put(Host.parse("z.example"), Severity.SUSPEND, " Spam ", "", false);
        blocks.put(Host.parse("a.example"), Severity.SILENCE, "", "", false);
        blocks.put(Host.parse("very.bad.example"), Severity.SUSPEND, "", "", true);
        assertEquals(List.of("very.***.***mple", "z.example", "a.example"), blocks.all().stream().map(DomainBlock::publicName).toList());
        assertEquals("Spam", blocks.all().get(1).publicComment());
    }
}
