import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import social.dunlin.config.NodeSize;
import social.dunlin.database.embedded.EmbeddedPostgres;
import social.dunlin.database.embedded.EmbeddedPostgresSettings;
import social.dunlin.database.embedded.PostgresBinaries;
import social.dunlin.oauth.OpaqueSecret;

/**
 * What a thousand people who watch a stream cost: heap per idle connection, by WebSocket and as event source, the
 * server's CPU in an idle half minute, and CPU per post with nobody, one and all of them watching the public stream.
 */
public class Streaming {
    private static final int CONNECTIONS = 1_000;
    private static final int PER_ACCOUNT = 50;
    private static final int POSTS = 50;
    private static final int IDLE_SECONDS = 31;

    private final ServerUnderLoad server;
    private final Path postgresql;
    private final List<Socket> open = new ArrayList<>();

    private Streaming(String java, String application) throws IOException {
        this.server = new ServerUnderLoad(java, application);
        this.postgresql = Path.of(application, "postgresql");
    }

    /** @param arguments java and the folder of the built application */
    public static void main(String[] arguments) throws Exception {
        new Streaming(arguments[0], arguments[1]).run();
    }

    private void run() throws Exception {
        try (server) {
            server.start();
            String author = server.newUser("author");
            List<String> tokens = readers(CONNECTIONS / PER_ACCOUNT);
            posts(author);
            double nobody = perPost(author, 0);
            // What the first connections load stays for all later ones.
            connect(tokens, 10, true);
            connect(tokens, 10, false);
            disconnect();
            long empty = server.liveHeap();
            connect(tokens, CONNECTIONS, false);
            long sources = server.liveHeap();
            disconnect();
            connect(tokens, CONNECTIONS, true);
            long sockets = server.liveHeap();
            System.out.printf("heap per idle connection: WebSocket %.1f KB, event source %.1f KB%n",
                (sockets - empty) / 1024.0 / CONNECTIONS, (sources - empty) / 1024.0 / CONNECTIONS);
            double before = server.cpuMilliseconds();
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            System.out.printf("CPU of the server in %d s, %d idle WebSockets: %.0f ms%n", IDLE_SECONDS, CONNECTIONS, server.cpuMilliseconds() - before);
            double all = perPost(author, CONNECTIONS);
            disconnect();
            connect(tokens, 1, true);
            double one = perPost(author, 1);
            System.out.printf("CPU ms of the server per post: %.1f with nobody watching, %.1f with one, %.1f with %d (%.3f each)%n",
                nobody, one, all, CONNECTIONS, (all - one) / (CONNECTIONS - 1));
        } finally {
            disconnect();
        }
    }

    private void posts(String author) throws Exception {
        for (int post = 0; post < POSTS; post++) {
            ServerUnderLoad.answer(server.post("/api/v1/statuses", author, Map.of("status", "Number %d of what is watched, with a #tag".formatted(post))));
        }
    }

    /** Posts, and waits until every watcher has got all of them. */
    private double perPost(String author, int watchers) throws Exception {
        CountDownLatch told = new CountDownLatch(watchers);
        for (Socket socket : open.subList(0, watchers)) {
            Thread.startVirtualThread(() -> {
                try {
                    await(socket.getInputStream(), POSTS);
                    told.countDown();
                } catch (IOException ended) {
                    System.err.println("A watcher lost its connection: " + ended);
                }
            });
        }
        double before = server.cpuMilliseconds();
        posts(author);
        if (!told.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException(told.getCount() + " watchers did not get everything");
        }
        return (server.cpuMilliseconds() - before) / POSTS;
    }

    /** Reads until so many events have come. */
    private static void await(InputStream input, int events) throws IOException {
        byte[] mark = "\"event\":\"update\"".getBytes(StandardCharsets.US_ASCII);
        InputStream buffered = new BufferedInputStream(input, 16 * 1024);
        int found = 0;
        int matched = 0;
        while (found < events) {
            int octet = buffered.read();
            if (octet < 0) {
                throw new IOException("end of stream");
            }
            matched = octet == mark[matched] ? matched + 1 : octet == mark[0] ? 1 : 0;
            if (matched == mark.length) {
                found++;
                matched = 0;
            }
        }
    }

    private void connect(List<String> tokens, int number, boolean webSocket) throws IOException {
        for (int connection = 0; connection < number; connection++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port);
            String path = webSocket ? "/api/v1/streaming?stream=public" : "/api/v1/streaming/public";
            socket.getOutputStream().write("""
                GET %s HTTP/1.1\r
                Host: localhost:%d\r
                Authorization: Bearer %s\r
                %s\r
                """.formatted(path, server.port, tokens.get(connection % tokens.size()),
                webSocket ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" : "")
                .getBytes(StandardCharsets.US_ASCII));
            String answer = head(socket.getInputStream());
            if (!answer.startsWith(webSocket ? "HTTP/1.1 101" : "HTTP/1.1 200")) {
                throw new IllegalStateException(answer);
            }
            open.add(socket);
        }
    }

    private static String head(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = input.read();
            if (octet < 0) {
                throw new IOException("refused: " + head);
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    private void disconnect() throws Exception {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
        TimeUnit.SECONDS.sleep(2);
    }

    /** People with a token for each of their clients, written straight into the database. */
    private List<String> readers(int number) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.startOrJoin(EmbeddedPostgresSettings.of(server.data, PostgresBinaries.in(postgresql),
                EmbeddedPostgresSettings.Transport.UNIX_SOCKET, NodeSize.SMALL))) {
            Pool pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(2)).connectingTo(PgConnectOptions.fromUri(postgres.connectionUri())).using(vertx).build();
            List<String> tokens = new ArrayList<>();
            for (long id = 1; id <= number; id++) {
                execute(pool, "insert into dunlin_user (id, email, confirmed_at, approved_at) values ($1, $1 || '@example.org', now(), now())", id);
                execute(pool, """
                    insert into account (id, domain_id, user_id, username, host, uri)
                    select $1, domain_id, $1, 'reader' || $1, host, uri || $1 from account where username = 'author'""", id);
                for (int client = 0; client < PER_ACCOUNT; client++) {
                    tokens.add(OpaqueSecret.make());
                    execute(pool, """
                        insert into oauth_token (token_hash, application_id, user_id, account_id, scopes)
                        select $2, application_id, $1, $1, scopes from oauth_token limit 1""", id, Buffer.buffer(OpaqueSecret.hash(tokens.getLast())));
                }
            }
            pool.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            return tokens;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static void execute(Pool pool, String sql, Object... parameters) throws Exception {
        pool.preparedQuery(sql).execute(Tuple.from(parameters)).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
