package social.dunlin.federation.actor;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import social.dunlin.account.AccountStore;
import social.dunlin.account.InstanceActors;
import social.dunlin.account.InstanceActorsForTests;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.event.EventBus;
import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.federation.delivery.DeliverySignal;
import social.dunlin.federation.delivery.RemoteHosts;
import social.dunlin.federation.document.ActorDocuments;
import social.dunlin.federation.document.NoteDocuments;
import social.dunlin.federation.document.StatusActivities;
import social.dunlin.federation.fetch.BlockedHosts;
import social.dunlin.federation.fetch.DocumentFetcher;
import social.dunlin.federation.fetch.FetchFailures;
import social.dunlin.federation.fetch.FetchFailuresForTests;
import social.dunlin.federation.http.FakeFediverse;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.key.SigningKeys;
import social.dunlin.federation.object.FeaturedPosts;
import social.dunlin.federation.knock.DoubleKnock;
import social.dunlin.federation.knock.DoubleKnockForTests;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.federation.outbox.FederatedOutbox;
import social.dunlin.federation.proof.OutgoingProofs;
import social.dunlin.federation.relay.Relays;
import social.dunlin.federation.relay.RelaysForTests;
import social.dunlin.federation.resolve.FederatedResolver;
import social.dunlin.federation.resolve.WebFingerClient;
import social.dunlin.federation.signature.Keys;
import social.dunlin.queue.Jobs;
import social.dunlin.removal.AccountErasure;
import social.dunlin.status.StatusWorld;
import social.dunlin.testing.TestConfiguration;

/** The village with everything of federation put together by hand, in a fediverse of fake servers. */
public final class FederationWorld implements AutoCloseable {
    /** When the posts of {@link #note} were published: some days ago, recent enough for home feeds (they take a week). */
    public static final String PUBLISHED = Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS).toString();

    private static final KeyPair KEY = Keys.generateRsa();

    public final Database database;
    public final StatusWorld posts;
    public final Domains domains;
    public final FakeFediverse fediverse = new FakeFediverse();
    public final GuardedHttpClient client;
    public final AccountStore accounts;
    public final EventBus bus;
    public final Jobs jobs;
    public final InstanceActors instanceActors;
    public final SigningKeys signingKeys;
    public final DoubleKnock knock;
    public final FetchFailures failures;
    public final DocumentFetcher fetcher;
    public final WebFingerClient webFinger;
    public final RemoteActorRemoval removal;
    public final RemoteActors actors;
    public final KnownSenders senders;
    public final ActorKeys keys;
    public final RemoteObjects objects;
    public final FeaturedPosts featured;
    public final FederatedResolver resolver;
    public final RemoteHosts hosts;
    public final Deliveries deliveries;
    public final Relays relays;
    public final ActorDocuments actorDocuments;
    public final NoteDocuments notes;
    public final StatusActivities activities;
    public final FederatedOutbox outbox;

    public FederationWorld(Database database, Vertx vertx, PgConnectOptions options) {
        this.database = database;
        posts = new StatusWorld(database, vertx, options);
        domains = posts.village.domains();
        client = fediverse.client(vertx, host -> domains.isOwnHost(host.value()));
        accounts = posts.accounts;
        bus = EventBus.of(database, vertx, options, true);
        jobs = Jobs.of(database, bus);
        giveKeys();
        instanceActors = InstanceActorsForTests.of(database, domains);
        signingKeys = new SigningKeys(database);
        failures = FetchFailuresForTests.of(database);
        knock = DoubleKnockForTests.of(database, client, signingKeys);
        fetcher = new DocumentFetcher(knock, failures, instanceActors, domains, new BlockedHosts(database));
        webFinger = new WebFingerClient(client);
        removal = new RemoteActorRemoval(database, accounts, new AccountErasure(database, bus), jobs, bus);
        RemoteActorStore store = new RemoteActorStore(database);
        actors = new RemoteActors(database, accounts, store, removal, fetcher, webFinger, domains, bus, jobs);
        senders = new KnownSenders(accounts, store, bus);
        keys = new ActorKeys(store, actors, accounts, fetcher, domains, senders);
        objects = new RemoteObjects(database, domains, posts.statuses, posts.remote, actors, fetcher);
        featured = new FeaturedPosts(fetcher, posts.statuses, objects, posts.remotePins);
        resolver = new FederatedResolver(accounts, posts.statuses, actors, objects, fetcher, domains);
        DeliverySignal signal = new DeliverySignal(bus);
        hosts = new RemoteHosts(database, signal);
        deliveries = new Deliveries(database, signal, new OutgoingProofs(signingKeys, TestConfiguration.defaults()));
        relays = RelaysForTests.of(database, domains, instanceActors, deliveries, jobs);
        CustomEmojiStore emojis = new CustomEmojiStore(database);
        actorDocuments = new ActorDocuments(database, domains, accounts, emojis, instanceActors, posts.urls);
        notes = new NoteDocuments(database, domains, accounts, posts.details, posts.polls, posts.media, emojis, posts.urls);
        activities = new StatusActivities(domains, accounts, posts.statuses, notes);
        outbox = new FederatedOutbox(database, domains, accounts, posts.statuses, activities, deliveries, jobs);
    }

    /** Everybody local signs with the same key: making one for each would take seconds. */
    private void giveKeys() {
        database.execute("""
            insert into account_key (key_id, account_id, algorithm, public_key, private_key)
            select uri || '#main-key', id, 'rsa', $1, $2 from account where domain_id is not null""",
            Keys.writePublicPem(KEY.getPublic()), Keys.writePrivatePem(KEY.getPrivate()));
    }

    public static KeyPair key() {
        return KEY;
    }

    public static String publicKeyPem() {
        return Keys.writePublicPem(KEY.getPublic());
    }

    /** Settles an actor on a fake server, with WebFinger, and gives its id. */
    public String settle(String server, String username) {
        String uri = fediverse.url(server, "/users/" + username);
        fediverse.serve(uri, actor(server, username));
        fediverse.finger(server, username, uri);
        return uri;
    }

    /** The document of {@link #settle}. */
    public String actor(String server, String username) {
        return actor(fediverse.url(server, "/users/" + username), username, fediverse.url(server, "/users/" + username + "/inbox"));
    }

    public static String actor(String uri, String username, String inbox) {
        return """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%1$s", "type": "Person", "preferredUsername": "%2$s",
             "name": "%2$s", "summary": "<p>hello</p><script>alert(1)</script>", "url": "%1$s/page",
             "inbox": "%3$s", "outbox": "%1$s/outbox", "followers": "%1$s/followers",
             "publicKey": {"id": "%1$s#main-key", "owner": "%1$s", "publicKeyPem": "%4$s"}}"""
            .formatted(uri, username, inbox, publicKeyPem().replace("\n", "\\n"));
    }

    /** A public Note of {@code attributedTo}, of {@link #PUBLISHED}. */
    public static String note(String uri, String attributedTo, String inReplyTo) {
        return """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s", "type": "Note", "attributedTo": "%s",
             "content": "<p>text</p>", "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [], "inReplyTo": %s,
             "published": "%s"}"""
            .formatted(uri, attributedTo, inReplyTo == null ? "null" : "\"" + inReplyTo + "\"", PUBLISHED);
    }

    /** The field of an edit, so many hours after {@link #PUBLISHED}. */
    public static String updated(int hours) {
        return "\"updated\": \"" + Instant.parse(PUBLISHED).plus(Duration.ofHours(hours)) + "\"";
    }

    @Override
    public void close() {
        client.close();
        fediverse.close();
    }
}
