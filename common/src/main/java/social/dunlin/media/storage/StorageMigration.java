package social.dunlin.media.storage;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import social.dunlin.config.MediaConfiguration.MediaStoreKind;
import social.dunlin.media.blob.BlobKey;

/**
 * A move of all blobs, and how far it has come.
 *
 * @param kinds    still to do, the first one under way
 * @param position the last key that is done of that kind
 */
public record StorageMigration(long id, MediaStoreKind source, MediaStoreKind target, boolean keepsSource, State state, List<String> kinds, int kindsInAll,
                               Optional<BlobKey> position, long moved, long bytes, long failed, String lastError, Instant startedAt, Instant changedAt) {
    public enum State {
        RUNNING, CANCELLED, DONE;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Names are random or hashes, so how far one stands in the order says how many lie before it. */
    public int percent() {
        if (state == State.DONE || kindsInAll == 0) {
            return 100;
        }
        double within = position.map(key -> Character.digit(key.name().charAt(0), 36) / 16.0 + Character.digit(key.name().charAt(1), 36) / 256.0).orElse(0.0);
        return (int) (100 * (kindsInAll - kinds.size() + Math.min(1, within)) / kindsInAll);
    }
}
