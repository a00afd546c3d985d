package social.dunlin.federation.worker.inbox;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import social.dunlin.account.Account;
import social.dunlin.collection.CollectionServices;
import social.dunlin.collection.RemoteCollections;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.queue.JobRun;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.delivery.DeliverySignal;
import social.dunlin.federation.delivery.Forwards;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.federation.object.FeaturedCollections;
import social.dunlin.moderation.ReportServices;
import social.dunlin.relationship.FollowerMoves;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.relationship.RemoteRelationships;
import social.dunlin.status.Status;
import social.dunlin.testing.Village;

/** The village with an inbox in which every handler works, put together by hand. */
final class InboxWorld implements AutoCloseable {
    static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";
    static final String ALICE = "https://village.example/users/alice";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Database database;
    final FederationWorld federation;
    final FollowerMoves moves;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final InboxHandler handler;
    final FeaturedCollections fetched;

    InboxWorld(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        federation = new FederationWorld(database, vertx, options);
        RemoteRelationships relationships = RelationshipServices.remote(database, federation.outbox);
        moves = RelationshipServices.moves(database, federation.outbox, federation.jobs);
        LocalPeople people = new LocalPeople(federation.accounts, relationships);
        Relevance relevance = new Relevance(database);
        OwnNotes notes = new OwnNotes(federation.objects);
        OwnPosts posts = new OwnPosts(federation.posts.statuses);
        QuoteAnswers answers = new QuoteAnswers(federation.posts.remoteQuotes);
        EarlyUndos earlyUndos = new EarlyUndos(database);
        RemoteCollections remoteCollections = CollectionServices.remote(federation.posts);
        fetched = new FeaturedCollections(federation.fetcher, federation.actors, remoteCollections, federation.domains);
        CollectionActivities featured = new CollectionActivities(remoteCollections, relevance, federation.jobs);
        AddAndRemoveHandler collections = new AddAndRemoveHandler(relevance, federation.posts.statuses, federation.objects, federation.posts.remotePins,
            federation.posts.communities, featured);
        AnnouncedVotes votes = new AnnouncedVotes(federation.posts.statuses, federation.accounts, federation.actors, federation.posts.communities,
            federation.posts.interactions, federation.posts.remoteReactions);
        AnnouncedActivities announced = new AnnouncedActivities(federation.posts.statuses, federation.accounts, federation.posts.remote, federation.objects,
            federation.actors, federation.posts.communities, votes);
        SignsOfLife signs = new SignsOfLife(federation.hosts, federation.jobs);
        handler = new InboxHandler(database, federation.accounts, signs, earlyUndos, new InboxMetrics(meters),
            new InboxForwarding(database, new Forwards(database, new DeliverySignal(federation.bus))), new RelayInbox(federation.relays, federation.objects),
            new InboxBatch(database, federation.accounts, federation.domains, relevance, federation.objects, federation.posts.batch, signs, new InboxMetrics(meters)), List.of(
            new FollowHandler(people, relationships), new AcceptHandler(people, relationships, answers),
            new RejectHandler(people, relationships, answers),
            new BlockHandler(people, relationships), collections,
            new FlagHandler(ReportServices.remote(federation.posts)),
            new MoveHandler(relevance, federation.accounts, federation.actors, moves),
            new LikeHandler(posts, federation.posts.interactions, federation.posts.remoteReactions),
            new DislikeHandler(posts, federation.posts.remoteReactions), new EmojiReactHandler(posts, federation.posts.remoteReactions),
            new DeleteHandler(federation.removal, federation.posts.remote, federation.posts.remoteQuotes, remoteCollections),
            new CreateHandler(notes, relevance, federation.objects, federation.posts.remote, federation.posts.interactions, federation.posts.statuses),
            new QuoteRequestHandler(federation.posts.statuses, federation.posts.visibility, federation.posts.remoteQuotes, federation.objects,
                federation.posts.remote),
            new UpdateHandler(notes, relevance, federation.actors, federation.objects, federation.posts.remote, featured),
            new FeatureRequestHandler(federation.accounts, fetched, remoteCollections, federation.jobs),
            new AnnounceHandler(relevance, federation.posts.statuses, federation.accounts, federation.objects, federation.posts.interactions,
                federation.posts.communities, announced),
            new UndoHandler(people, new UndoneById(database), relationships, federation.posts.interactions, federation.posts.remoteReactions, posts,
                federation.posts.remote, federation.posts.statuses, earlyUndos)));
    }

    InboxHandler.Reception receive(String sender, String activity) {
        return handler.receive(new InboxJob(sender, activity));
    }

    /** An activity with an id of its own each time. */
    static String activity(String sender, String type, String object) {
        return activity(sender, type, object, "");
    }

    /** @param more further members, each with a comma before it */
    static String activity(String sender, String type, String object, String more) {
        return """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s#%s-%d", "type": "%s", "actor": "%s", "object": %s, "to": ["%s"]%s}"""
            .formatted(sender, type, NUMBER.incrementAndGet(), type, sender, object, PUBLIC, more);
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** An actor of a fake server, stored here. */
    Account actor(String server, String name) {
        String uri = federation.settle(server, name);
        return fetched(uri);
    }

    /** A community of a fake server, stored here. */
    Account group(String server, String name) {
        String uri = federation.settle(server, name);
        federation.fediverse.serve(uri, federation.actor(server, name).replace("\"type\": \"Person\"", "\"type\": \"Group\", \"featured\": \"" + uri + "/featured\""));
        return fetched(uri);
    }

    Account fetched(String uri) {
        federation.actors.fetch(uri, Budgets.forActivity());
        return federation.accounts.byUri(uri).orElseThrow();
    }

    /** Alice follows. */
    Account followed(Account account) {
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", Village.ALICE, account.id());
        return account;
    }

    Account friend(String server, String name) {
        return followed(actor(server, name));
    }

    /** A public post of a remote account that addresses a community and is served at its id. */
    String pageIn(Account group, Account author, String name) {
        String uri = author.uri() + "/pages/" + name;
        federation.fediverse.serve(uri, FederationWorld.note(uri, author.uri(), null)
            .replace("\"cc\": []", "\"cc\": [\"" + group.uri() + "\"], \"audience\": \"" + group.uri() + "\""));
        return uri;
    }

    /** Brought by the community, so that it stands there. */
    Status standing(Account group, Account author, String name) {
        String uri = pageIn(group, author, name);
        String create = activity(author.uri(), "Create", quoted(uri));
        receive(group.uri(), activity(group.uri(), "Announce", create));
        return status(uri);
    }

    Status status(String uri) {
        return federation.posts.statuses.byUri(uri).orElseThrow();
    }

    boolean isStored(String uri) {
        return federation.posts.statuses.byUri(uri).isPresent();
    }

    long count(String table, String condition, Object... parameters) {
        return database.first("select count(*) as number from " + table + " where " + condition, row -> row.getLong("number"), parameters).orElseThrow();
    }

    @Override
    public void close() {
        federation.close();
    }

    /** With what was read when it came, as where it was the same process that took it in. */
    static JobRun handedOver(JobRun run) {
        try {
            InboxJob job = InboxJob.read(run);
            ApActivity read = Vocabulary.activity(ActivityJson.parse(job.body()));
            return new JobRun(run.id(), run.kind(), run.payload(), run.attempt(), run.fairKey(), read);
        } catch (MalformedDocument malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
