package social.dunlin.testing;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import social.dunlin.database.Database;
import social.dunlin.database.Migrator;

/**
 * Gives a test class its own migrated database, a clone of a template made once per JVM. Test methods and
 * constructors may ask for a {@link Database}, the {@link Vertx} and {@link Pool} under it, and the
 * {@link PgConnectOptions} for connections of their own. Usage: {@code @ExtendWith(DatabaseExtension.class)}.
 */
public final class DatabaseExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(DatabaseExtension.class);
    private static final int CONNECTIONS = 8;

    private static final Map<Class<?>, Function<World, Object>> PARAMETERS = Map.of(
        Database.class, World::database,
        Vertx.class, World::vertx,
        Pool.class, World::pool,
        PgConnectOptions.class, World::options);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.get(parameter.getParameter().getType()).apply(world(context));
    }

    private static World world(ExtensionContext context) {
        Template template = context.getRoot().getStore(NAMESPACE)
            .computeIfAbsent(Template.class, key -> Template.create(), Template.class);
        return outermostClass(context).getStore(NAMESPACE)
            .computeIfAbsent(World.class, key -> World.of(TestPostgres.start().freshDatabase(template.name), true), World.class);
    }

    /** Nested test classes share the world of the class around them, and it ends with that. */
    private static ExtensionContext outermostClass(ExtensionContext context) {
        ExtensionContext outermost = context;
        while (outermost.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
            outermost = outermost.getParent().get();
        }
        return outermost;
    }

    /** The migrated, empty database that nobody is connected to. */
    private record Template(String name) {
        static Template create() {
            TestPostgres server = TestPostgres.start();
            String name = server.freshDatabase();
            try (World world = World.of(name, false)) {
                new Migrator(world.database).migrate();
            }
            return new Template(name);
        }
    }

    /** One database and the way to it. */
    private record World(String name, Vertx vertx, PgConnectOptions options, Pool pool, Database database, boolean dropped)
            implements AutoCloseable {
        static World of(String name, boolean dropped) {
            Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
            PgConnectOptions options = PgConnectOptions.fromUri(TestPostgres.start().uriOf(name));
            Pool pool = PgBuilder.pool().with(new PoolOptions().setMaxSize(CONNECTIONS)).connectingTo(options).using(vertx).build();
            return new World(name, vertx, options, pool, new Database(pool), dropped);
        }

        @Override
        public void close() {
            try {
                pool.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
                vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
            } catch (Exception failure) {
                throw new IllegalStateException("The test database was not closed", failure);
            } finally {
                if (dropped) {
                    TestPostgres.start().drop(name);
                }
            }
        }
    }
}
