package social.dunlin.federation.worker.delivery;


import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.federation.followers.Followers;
import social.dunlin.federation.followers.SynchronizationHeaders;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.http.FakeFediverse.Request;
import social.dunlin.queue.LeaseHolders;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Eventually;
import social.dunlin.testing.Village;

/** What tests of delivery have in common. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeliveryTests {
    static final AtomicInteger NUMBER = new AtomicInteger();
    Database database;
    FederationWorld world;
    DeliveryStore store;
    DeliveryWorker worker;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        store = new DeliveryStore(database);
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void empty() {
        database.execute("delete from outgoing_activity");
        database.execute("delete from dead_delivery");
        database.execute("delete from remote_host");
        world.fediverse.forgetRequests();
        worker = newWorker();
    }

    DeliveryWorker newWorker() {
        return new DeliveryWorker(database, store, world.hosts, new Sender(world.knock, new SynchronizationHeaders(new Followers(database, world.domains))),
            new GoneInboxes(database, world.jobs), world.bus, LeaseHolders.of(database, world.bus), 16, 2);
    }

    @AfterEach
    void stop() {
        worker.stop();
    }

    /** Frida's server takes what it is sent as said. */
    String inbox(String server, long account, Function<Request, Answer> answer) {
        String url = world.fediverse.url(server, "/inbox");
        database.execute("update account set shared_inbox_url = $2 where id = $1", account, url);
        world.fediverse.answer(url, answer);
        return url;
    }

    String send(long account) {
        return send(account, "subject " + NUMBER.incrementAndGet());
    }

    String send(long account, String subject) {
        String uri = "https://village.example/activities/" + NUMBER.incrementAndGet();
        world.deliveries.send(new OutgoingActivity(Village.ALICE, uri, subject, "{\"id\": \"" + uri + "\"}"), Audience.of(account));
        return uri;
    }

    static void await(String what, BooleanSupplier condition) {
        Eventually.until(what, condition);
    }

    boolean nothingWaits() {
        return !database.exists("select from delivery");
    }

    List<Delivery> claim(int slots, int perHost) {
        return store.claim(slots, new DeliveryStore.PerHost(perHost, perHost, perHost), Map.of(), "", "test", Duration.ofMinutes(10)).deliveries();
    }

    long scalar(String sql) {
        return database.first(sql, row -> row.getLong(0)).orElse(0L);
    }
}
