package social.dunlin.database.embedded;

import social.dunlin.StartupException;

/** The embedded PostgreSQL cannot be used; the message says in one line why and where. */
public final class EmbeddedPostgresException extends StartupException {
    public EmbeddedPostgresException(String message) {
        super(NO_DATABASE, message, null);
    }

    public EmbeddedPostgresException(String message, Throwable cause) {
        super(NO_DATABASE, message, cause);
    }

    /** For the catcher of an {@link InterruptedException}, which stays marked. */
    static EmbeddedPostgresException interrupted() {
        Thread.currentThread().interrupt();
        return new EmbeddedPostgresException("Interrupted while waiting for PostgreSQL.");
    }
}
