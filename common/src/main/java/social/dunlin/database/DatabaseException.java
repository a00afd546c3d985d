package social.dunlin.database;

import io.vertx.pgclient.PgException;

/** A statement failed. The message is for the log, never for a client. */
public final class DatabaseException extends RuntimeException {
    private final String sqlState;
    private final String constraint;

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
        this.sqlState = cause instanceof PgException failure ? failure.getSqlState() : null;
        this.constraint = cause instanceof PgException failure ? failure.getConstraint() : null;
    }

    /** The five-character SQLSTATE, or null when the server was not reached. */
    public String sqlState() {
        return sqlState;
    }

    /** A row with the same key was there before. */
    public boolean isUniqueViolation() {
        return "23505".equals(sqlState);
    }

    /** True when a unique or check constraint of this name refused the row. */
    public boolean violates(String name) {
        return name.equals(constraint);
    }

    /** Deadlock or serialisation failure: the same transaction may succeed when run again. */
    public boolean isTransient() {
        return "40P01".equals(sqlState) || "40001".equals(sqlState);
    }

    /** It would have waited for a lock longer than its {@code lock_timeout}. */
    public boolean isLockTimeout() {
        return "55P03".equals(sqlState);
    }
}
