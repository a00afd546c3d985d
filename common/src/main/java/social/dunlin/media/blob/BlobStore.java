package social.dunlin.media.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the bytes of pictures and films under their {@link BlobKey}. What is stored is there whole or not at all, and
 * survives the loss of power once {@link #put} has returned. {@code BlobStoreContract} holds every store to this.
 */
public interface BlobStore {
    /**
     * Stores the bytes, replacing what had that key. Nothing is stored when they are not of the size and checksum said.
     *
     * @throws BlobStoreFull when the store keeps the rest of its room free
     */
    void put(BlobKey key, BlobContent content) throws IOException;

    /** The bytes from an offset on, so many at most; nothing when there is no such blob. The caller closes the stream. */
    Optional<InputStream> open(BlobKey key, long offset, long length) throws IOException;

    /** All bytes. */
    default Optional<InputStream> open(BlobKey key) throws IOException {
        return open(key, 0, Long.MAX_VALUE);
    }

    /** Nothing when there is no such blob. */
    Optional<BlobStat> stat(BlobKey key) throws IOException;

    /** Removes them; those that are not there are no failure. */
    void delete(Collection<BlobKey> keys) throws IOException;

    /** So many blobs of a kind at most, in the order of their keys, from behind that key on. Less than so many: there are no more. */
    List<BlobStat> list(String kind, Optional<BlobKey> after, int limit) throws IOException;

    /** The kinds of which there may be blobs. */
    Set<String> kinds() throws IOException;

    /** The blob as a file of this machine, where the store has it as one. It must not be changed. */
    default Optional<Path> file(BlobKey key) {
        return Optional.empty();
    }

    /** So many bytes had better go for the rest to have room to grow; 0 when there is enough, or no telling. */
    default long shortage() throws IOException {
        return 0;
    }

    /** Removes what killed processes had begun to write so long ago, where the store would keep it. */
    default void removeUnfinished(Duration age) throws IOException {
    }

    /** Where readers may fetch the blob themselves, when they shall; for an hour at least. Otherwise we hand it to them. */
    default Optional<String> address(BlobKey key) {
        return Optional.empty();
    }
}
