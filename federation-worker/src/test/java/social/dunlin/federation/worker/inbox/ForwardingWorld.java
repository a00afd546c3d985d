package social.dunlin.federation.worker.inbox;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.concurrent.atomic.AtomicInteger;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.inbox.ForwardedJob;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.federation.object.OriginCheck;
import social.dunlin.federation.proof.ProofCheck;
import social.dunlin.queue.JobRun;

/** The inbox of the village, for activities that came straight or by way of others. */
final class ForwardingWorld {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

    final FederationWorld world;
    private final InboxHandler inbox;
    private final ForwardedHandler forwarded;

    ForwardingWorld(Database database, Vertx vertx, PgConnectOptions options) {
        InboxWorld village = new InboxWorld(database, vertx, options);
        world = village.federation;
        inbox = village.handler;
        forwarded = new ForwardedHandler(world.accounts, world.posts.statuses, new ProofCheck(world.keys), inbox, new Relevance(database), world.relays,
            new OriginCheck(world.posts.statuses, world.posts.remote, world.posts.remoteQuotes, world.accounts, world.objects, world.actors, world.fetcher));
    }

    static int number() {
        return NUMBER.incrementAndGet();
    }

    /** An actor of a fake server, stored here. */
    Account actor(String server, String name) {
        String uri = world.settle(server, name + number());
        world.actors.byUri(uri, Budgets.forActivity());
        return world.accounts.byUri(uri).orElseThrow();
    }

    void receive(Account sender, String activity) {
        inbox.handle(new JobRun(number(), InboxJob.KIND, new InboxJob(sender.uri(), activity).job().payload(), 1, ""));
    }

    /** Passed on by somebody else. */
    void passOn(Account signer, String activity) {
        forwarded.handle(new JobRun(number(), ForwardedJob.KIND, new ForwardedJob(signer.uri(), activity).job().payload(), 1, ""));
    }

    /** @param more further members, each with a comma before it */
    static String activity(Account actor, String type, String object, String more) {
        return """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s#%s-%d", "type": "%s", "actor": "%s", "object": %s, "to": ["%s"]%s}"""
            .formatted(actor.uri(), type, number(), type, actor.uri(), object, PUBLIC, more);
    }
}
