import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import social.dunlin.database.Database;

/**
 * What a worker has to do while its memory is watched. What asks for it comes in by an api process on the same database
 * and data folder, whose own cost does not count.
 */
final class WorkerLoad implements AutoCloseable {
    private static final List<String> PEOPLE = List.of("ann", "ben", "cleo", "dan", "eve");
    private static final int POSTS = 12_000;
    private static final int SENDERS = 48;
    private static final int DELIVERIES = 12_000;
    private static final int HOSTS = 2_000;
    private static final int PICTURES = 36;
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** How an api process is run: {@code run} or a command with its words. */
    interface Launcher {
        ProcessBuilder process(String... words);
    }

    private final Launcher api;
    private final String domain;
    private final String base;
    private final Process server;
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final Database database;

    /** @param domain localhost:PORT, of both processes; the api process listens there */
    WorkerLoad(Launcher api, String domain, String databaseUri, Path log) throws IOException {
        this.api = api;
        this.domain = domain;
        this.base = "http://" + domain;
        this.pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(1)).connectingTo(PgConnectOptions.fromUri(databaseUri)).using(vertx).build();
        this.database = new Database(pool);
        this.server = api.process("run").redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
    }

    /** Twelve thousand signed posts come in, then as many deliveries go out to two thousand servers. */
    void federate() throws Exception {
        awaitReady();
        for (String person : PEOPLE) {
            command("admin", "create-user", person, "--email", person + "@example.org", "--confirmed");
        }
        LoopbackPeer peer = new LoopbackPeer(vertx, base, "https://" + domain);
        peer.introduce(database, PEOPLE);
        LoopbackPeer.send(peer.posts(POSTS, PEOPLE.getFirst()), SENDERS);
        await(POSTS, "select coalesce(sum(statuses_count), 0) as done from account_counter");
        Outbox outbox = new Outbox(database, "https://" + domain, PEOPLE.getFirst(), peer);
        outbox.enqueue(DELIVERIES, HOSTS);
        outbox.announce();
        await(0, "select -count(*) as done from delivery");
        if (peer.received.get() < DELIVERIES) {
            throw new IllegalStateException("Only %d deliveries arrived".formatted(peer.received.get()));
        }
    }

    /** JPEGs of twelve megapixels, each of which gets a preview and a blurhash. */
    void handlePictures() throws Exception {
        awaitReady();
        command("admin", "create-user", PEOPLE.getFirst(), "--email", "ann@example.org", "--confirmed");
        String token = command("admin", "token", PEOPLE.getFirst()).strip().lines().reduce((first, second) -> second).orElseThrow();
        byte[] picture = Media.jpeg(4000, 3000);
        for (int number = 0; number < PICTURES; number++) {
            int status = HTTP.send(upload(picture, token), HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200 && status != 202) {
                throw new IllegalStateException("An upload was answered with " + status);
            }
        }
        await(PICTURES, "select count(*) as done from media_attachment where blurhash is not null");
    }

    private HttpRequest upload(byte[] picture, String token) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("--boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        body.write(picture);
        body.write("\r\n--boundary--\r\n".getBytes(StandardCharsets.US_ASCII));
        return HttpRequest.newBuilder(URI.create(base + "/api/v2/media")).header("Authorization", "Bearer " + token)
            .header("Content-Type", "multipart/form-data; boundary=boundary").POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())).build();
    }

    private void await(long wanted, String query) throws InterruptedException {
        while (database.first(query, row -> row.getLong("done")).orElseThrow() < wanted) {
            if (database.exists("select from dead_job")) {
                throw new IllegalStateException("A job was given up: " + database.list("select error from dead_job limit 1", row -> row.getString("error")));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void awaitReady() throws Exception {
        while (true) {
            try {
                if (HTTP.send(HttpRequest.newBuilder(URI.create(base + "/readyz")).build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (!server.isAlive()) {
                    throw new IllegalStateException("The api process ended with " + server.exitValue());
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private String command(String... words) throws Exception {
        Process command = api.process(words).redirectErrorStream(true).start();
        String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (command.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return output;
    }

    @Override
    public void close() throws Exception {
        server.destroy();
        server.waitFor(60, TimeUnit.SECONDS);
        pool.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
