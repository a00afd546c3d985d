package social.dunlin.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and PostgreSQL, where networks and poolers do. */
public final class DatabaseRelay implements AutoCloseable {
    private final NetClient toDatabase;
    private final PgConnectOptions target;
    private final NetServer server;
    private final AtomicInteger toRefuse = new AtomicInteger();
    private final List<NetSocket> clients = new CopyOnWriteArrayList<>();
    private volatile boolean numbering;

    private DatabaseRelay(Vertx vertx, PgConnectOptions target) {
        this.toDatabase = vertx.createNetClient();
        this.target = target;
        this.server = await(vertx.createNetServer().connectHandler(this::relay).listen(0, "127.0.0.1"));
    }

    public static DatabaseRelay start(Vertx vertx, PgConnectOptions target) {
        return new DatabaseRelay(vertx, target);
    }

    /** For clients that come this way. */
    public PgConnectOptions options() {
        return new PgConnectOptions(target).setHost("127.0.0.1").setPort(server.actualPort());
    }

    /** The next so many clients are turned away. */
    public DatabaseRelay refusing(int connections) {
        toRefuse.set(connections);
        return this;
    }

    /** As poolers do, clients are told process numbers that are not those of PostgreSQL. */
    public DatabaseRelay numberingProcesses() {
        numbering = true;
        return this;
    }

    /** Nobody passes any more. */
    public void cut() {
        toRefuse.set(Integer.MAX_VALUE);
        clients.forEach(NetSocket::close);
    }

    private void relay(NetSocket client) {
        if (toRefuse.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            client.close();
            return;
        }
        clients.add(client);
        client.pause();
        toDatabase.connect(address()).onFailure(failure -> client.close()).onSuccess(database -> {
            database.handler(bytes -> client.write(numbering ? renumbered(bytes) : bytes));
            client.handler(database::write);
            database.closeHandler(ignored -> client.close());
            client.closeHandler(ignored -> database.close());
            client.resume();
        });
    }

    private SocketAddress address() {
        return target.getHost().startsWith("/")
            ? SocketAddress.domainSocketAddress(target.getHost() + "/.s.PGSQL." + target.getPort())
            : SocketAddress.inetSocketAddress(target.getPort(), target.getHost());
    }

    /** BackendKeyData: 'K', twelve octets of length, process, key. */
    private static Buffer renumbered(Buffer bytes) {
        for (int at = 0; at + 13 <= bytes.length(); at++) {
            if (bytes.getByte(at) == 'K' && bytes.getInt(at + 1) == 12) {
                return bytes.copy().setInt(at + 5, bytes.getInt(at + 5) + 1);
            }
        }
        return bytes;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        cut();
        await(server.close());
        await(toDatabase.close());
    }
}
