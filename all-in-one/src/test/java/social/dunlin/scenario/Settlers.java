package social.dunlin.scenario;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import social.dunlin.account.UserService.NewUser;
import social.dunlin.database.Database;
import social.dunlin.domain.DomainStore;
import social.dunlin.domain.Domains;
import social.dunlin.event.EventBus;
import social.dunlin.oauth.Identity;

/** Makes users by the service behind {@code admin create-user}, which has tests of its own, without a process for each. */
final class Settlers {
    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));

    private Settlers() {
    }

    /** In the default domain of a server that has started; their address is confirmed. */
    static void settle(String databaseUri, String username, String email, String password, boolean admin) {
        PgConnectOptions options = PgConnectOptions.fromUri(databaseUri);
        Pool pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(1)).connectingTo(options).using(VERTX).build();
        try {
            Database database = new Database(pool);
            new Identity(database, new Domains(new DomainStore(database)), EventBus.of(database, VERTX, options, false)).users()
                .create(new NewUser(Optional.empty(), username, email, Optional.of(password), admin, true));
        } finally {
            pool.close().toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        }
    }
}
