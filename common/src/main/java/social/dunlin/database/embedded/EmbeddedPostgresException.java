package social.dunlin.database.embedded;

import social.dunlin.StartupException;

/** The embedded PostgreSQL cannot be used; the message says in one line why and where. */
public final class EmbeddedPostgresException extends StartupException {
    public EmbeddedPostgresException(String message) {
        super(message);
    }

    public EmbeddedPostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
