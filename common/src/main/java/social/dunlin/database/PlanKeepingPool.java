package social.dunlin.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Makes the pool, with connections that keep their prepared statements. By default the driver forgets
 * those longer than 2,048 characters, and PostgreSQL then plans the visibility rule anew for every read:
 * 3.4 ms of planning for 0.14 ms of work, measured on the home timeline.
 */
@Singleton
public class PlanKeepingPool implements PgPoolCreator {
    private static final int LONGEST_STATEMENT = 32_768;
    private static final int STATEMENTS = 256;

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(options -> options
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(STATEMENTS)
            .setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT));
        return PgBuilder.pool().with(input.poolOptions()).connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList())).using(input.vertx()).build();
    }
}
