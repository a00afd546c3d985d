package social.dunlin.media.cache;

/** What has gone from among the copies. */
public record Removed(long blobs, long bytes) {
    Removed and(Removed more) {
        return new Removed(blobs + more.blobs, bytes + more.bytes);
    }
}
