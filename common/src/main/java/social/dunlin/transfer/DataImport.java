package social.dunlin.transfer;

import java.time.Instant;

/**
 * Something that is being brought along, and how far it is.
 *
 * @param sourceUri the actor whose collection is read; null for a file
 * @param error     why all of it failed; null when it did not
 */
public record DataImport(long id, long accountId, TransferKind kind, boolean overwrite, String sourceUri, State state, String error, int total, int done,
                         int failed, Instant createdAt, Instant finishedAt) {
    /** In this order; what is read or to be removed comes before the rows. */
    public enum State {
        READING, REMOVING, RUNNING, DONE, FAILED
    }

    public boolean isFinished() {
        return finishedAt != null;
    }
}
