package social.dunlin.federation.worker.inbox;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import social.dunlin.account.Account;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.delivery.DeliverySignal;
import social.dunlin.federation.delivery.Forwards;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.inbox.ForwardedJob;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.federation.object.OriginCheck;
import social.dunlin.federation.proof.ProofCheck;
import social.dunlin.queue.JobRun;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.relationship.RemoteRelationships;

/** The inbox of the village, for activities that came straight or by way of others. */
final class InboxWorld {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

    final FederationWorld world;
    private final InboxHandler inbox;
    private final ForwardedHandler forwarded;

    InboxWorld(FederationWorld world) {
        this.world = world;
        RemoteRelationships relationships = RelationshipServices.remote(world.database, world.outbox);
        LocalPeople people = new LocalPeople(world.accounts, relationships);
        Relevance relevance = new Relevance(world.database);
        OwnNotes notes = new OwnNotes(world.objects);
        inbox = new InboxHandler(world.database, world.accounts, world.hosts, world.jobs, new EarlyUndos(world.database),
            new InboxForwarding(world.database, new Forwards(world.database, new DeliverySignal(world.bus))),
            new RelayInbox(world.relays, world.objects), List.of(
            new FollowHandler(people, relationships), new AcceptHandler(people, relationships),
            new DeleteHandler(world.removal, world.posts.remote),
            new CreateHandler(notes, relevance, world.objects, world.posts.remote, world.posts.interactions, world.posts.statuses),
            new UpdateHandler(notes, relevance, world.actors, world.objects, world.posts.remote),
            new AnnounceHandler(relevance, world.posts.statuses, world.accounts, world.objects, world.posts.interactions)));
        forwarded = new ForwardedHandler(world.accounts, new ProofCheck(world.keys), inbox, relevance, world.relays,
            new OriginCheck(world.posts.statuses, world.posts.remote, world.accounts, world.objects, world.actors, world.fetcher));
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
