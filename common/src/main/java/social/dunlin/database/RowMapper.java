package social.dunlin.database;

import io.vertx.sqlclient.Row;

/** Reads one row into a value. */
@FunctionalInterface
public interface RowMapper<T> {
    T map(Row row);
}
