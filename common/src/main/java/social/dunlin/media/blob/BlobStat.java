package social.dunlin.media.blob;

import java.time.Instant;

/** A stored blob without its bytes. */
public record BlobStat(BlobKey key, long size, Instant storedAt) {
}
