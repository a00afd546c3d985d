package social.dunlin.database;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The edge between straight-line code on virtual threads and the reactive PostgreSQL driver: every call
 * waits for its answer. Statements run within {@link #transaction} belong to it, whoever issues them, so
 * a job or an event is written together with its cause.
 *
 * <p>Parameters are {@code $1, $2 …}. An {@link Instant} becomes a timestamptz; arrays are {@code Long[]},
 * {@code String[]}; JSON is passed as text: {@code ($1::text)::jsonb}, and read as {@code column::text}.
 */
@Singleton
public class Database {
    private static final long STATEMENT_SECONDS = 60;
    private static final int ATTEMPTS = 4;
    private static final ScopedValue<Work> CURRENT = ScopedValue.newInstance();

    private final Pool pool;
    private final LongAdder statements = new LongAdder();

    public Database(Pool pool) {
        this.pool = pool;
    }

    /** A running transaction, what is to happen when it has been committed, and statements whose answers nobody has looked at yet. */
    private static final class Work {
        private final SqlConnection connection;
        private final List<Runnable> afterCommit = new ArrayList<>();
        private final List<Sent> sent = new ArrayList<>();
        /** Of a statement somebody waited for. */
        private DatabaseException failure;

        private Work(SqlConnection connection) {
            this.connection = connection;
        }

        private void send(String sql, Future<?> answer) {
            sent.add(new Sent(sql, answer));
        }

        /** The first of them that failed is the reason why all after it did. Answers come in the order of statements. */
        private void throwFailedUnseen() {
            for (Sent each : sent) {
                if (each.answer.failed()) {
                    throw failed(each.sql, each.answer.cause());
                }
            }
        }
    }

    private record Sent(String sql, Future<?> answer) {
    }

    /**
     * Runs the work in one transaction; joins the surrounding one if there is one. After a deadlock the
     * work is run again from its start, so it must have no effect outside the database (use
     * {@link #afterCommit} for those).
     */
    public <T> T transaction(Supplier<T> work) {
        if (CURRENT.isBound()) {
            return work.get();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return runTransaction(work);
            } catch (DatabaseException failure) {
                if (!failure.isTransient() || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    public void transaction(Runnable work) {
        transaction(() -> {
            work.run();
            return null;
        });
    }

    /**
     * BEGIN goes out together with the first statement. We say BEGIN, COMMIT and ROLLBACK ourselves: the driver's own
     * transactions roll back by themselves when a statement fails, and what is on its way by then would run outside.
     */
    private <T> T runTransaction(Supplier<T> work) {
        Work current = new Work(connection());
        T result;
        try {
            current.send("begin", current.connection.query("begin").execute());
            try {
                result = ScopedValue.where(CURRENT, current).call(work::get);
                commit(current);
            } catch (Throwable failure) {
                rollback(current, failure);
                current.throwFailedUnseen();
                throw failure;
            }
        } finally {
            current.connection.close();
        }
        current.afterCommit.forEach(Runnable::run);
        return result;
    }

    /** PostgreSQL answers the COMMIT of a failed transaction with a rollback and no error. */
    private static void commit(Work current) {
        if (current.failure != null) {
            throw current.failure;
        }
        await(current.connection.query("commit").execute(), "commit");
        current.throwFailedUnseen();
    }

    /** Who stops waiting for a connection gives it back when it comes after all; else the pool has lost it for good. */
    private SqlConnection connection() {
        Future<SqlConnection> coming = pool.getConnection();
        try {
            return await(coming, "connect");
        } catch (RuntimeException failure) {
            coming.onSuccess(SqlConnection::close);
            throw failure;
        }
    }

    private static void rollback(Work current, Throwable cause) {
        try {
            await(current.connection.query("rollback").execute(), "rollback");
        } catch (RuntimeException failure) {
            cause.addSuppressed(failure);
        }
    }

    /** True while a transaction runs on this thread. */
    public boolean inTransaction() {
        return CURRENT.isBound();
    }

    /** Runs the action after the surrounding transaction has been committed; at once when there is none. */
    public void afterCommit(Runnable action) {
        if (CURRENT.isBound()) {
            CURRENT.get().afterCommit.add(action);
        } else {
            action.run();
        }
    }

    public <T> List<T> list(String sql, RowMapper<T> mapper, Object... parameters) {
        RowSet<Row> rows = run(sql, parameters);
        List<T> result = new ArrayList<>(rows.size());
        for (Row row : rows) {
            result.add(mapper.map(row));
        }
        return result;
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, RowMapper<T> mapper, Object... parameters) {
        RowSet<Row> rows = run(sql, parameters);
        for (Row row : rows) {
            return Optional.ofNullable(mapper.map(row));
        }
        return Optional.empty();
    }

    /** True when the query gives at least one row. */
    public boolean exists(String sql, Object... parameters) {
        return run(sql, parameters).size() > 0;
    }

    /** Runs a statement and gives the number of rows it touched. */
    public int execute(String sql, Object... parameters) {
        return run(sql, parameters).rowCount();
    }

    /**
     * Runs a statement whose outcome changes nothing that follows. In a transaction nobody waits for it: it goes out at once,
     * keeps its place among the others, and when it fails so does the transaction, at its end at the latest.
     */
    public void send(String sql, Object... parameters) {
        if (CURRENT.isBound()) {
            statements.increment();
            CURRENT.get().send(sql, CURRENT.get().connection.preparedQuery(sql).execute(tuple(parameters)));
        } else {
            run(sql, parameters);
        }
    }

    /** Runs a statement once per parameter row, in one round trip. */
    public void executeBatch(String sql, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        statements.increment();
        List<Tuple> tuples = rows.stream().map(Database::tuple).toList();
        answer(client().preparedQuery(sql).executeBatch(tuples), sql);
    }

    /** Runs a script of several statements without parameters. */
    void script(String sql) {
        answer(client().query(sql).execute(), sql);
    }

    private RowSet<Row> run(String sql, Object[] parameters) {
        statements.increment();
        return answer(client().preparedQuery(sql).execute(tuple(parameters)), sql);
    }

    private SqlClient client() {
        return CURRENT.isBound() ? CURRENT.get().connection : pool;
    }

    /** A statement that failed spoils its transaction, even when somebody catches the exception. */
    private static <T> T answer(Future<T> future, String sql) {
        try {
            return await(future, sql);
        } catch (DatabaseException failure) {
            if (CURRENT.isBound() && CURRENT.get().failure == null) {
                CURRENT.get().failure = failure;
            }
            throw failure;
        }
    }

    /** How many statements this process has sent; tests see by it that an endpoint's cost does not grow with its page. */
    public long statementCount() {
        return statements.sum();
    }

    private static Tuple tuple(Object[] parameters) {
        Object[] values = new Object[parameters.length];
        for (int index = 0; index < parameters.length; index++) {
            values[index] = parameters[index] instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameters[index];
        }
        return Tuple.wrap(values);
    }

    private static <T> T await(Future<T> future, String sql) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("The database was asked on an event loop: the endpoint lacks @RunOnVirtualThread.");
        }
        try {
            // The event loop keeps the time: a virtual thread that waits with a limit of its own wakes another thread twice for it.
            return future.timeout(STATEMENT_SECONDS, TimeUnit.SECONDS).toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException | CompletionException failure) {
            if (failure.getCause() instanceof TimeoutException) {
                throw new DatabaseException("No answer within %d s [%s]".formatted(STATEMENT_SECONDS, summary(sql)), failure.getCause());
            }
            throw failed(sql, failure.getCause());
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("Interrupted [%s]".formatted(summary(sql)), failure);
        }
    }

    private static DatabaseException failed(String sql, Throwable cause) {
        return new DatabaseException("%s [%s]".formatted(cause.getMessage(), summary(sql)), cause);
    }

    private static String summary(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }
}
