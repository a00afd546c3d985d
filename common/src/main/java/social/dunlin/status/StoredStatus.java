package social.dunlin.status;

/** What became of a remote post that was to be stored. */
public sealed interface StoredStatus {
    /** It is there now. @param fresh false when it was there before (a second delivery) */
    record Stored(long id, boolean fresh) implements StoredStatus {
    }

    /** It was deleted before; it stays deleted. */
    record Tombstoned() implements StoredStatus {
    }

    /** Not taken, for a reason that belongs in the log: another author owns the id, the author is suspended, … */
    record Refused(String reason) implements StoredStatus {
    }
}
