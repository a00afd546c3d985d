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
 * The store in use, and behind it the one that was in use before: what has not been moved yet is read from there. Nothing
 * is written there any more.
 */
final class FallbackBlobStore implements BlobStore {
    private final BlobStore store;
    private final BlobStore former;

    FallbackBlobStore(BlobStore store, BlobStore former) {
        this.store = store;
        this.former = former;
    }

    @Override
    public void put(BlobKey key, BlobContent content) throws IOException {
        store.put(key, content);
    }

    /** Asked once more at the end, for it may have been moved between the two questions. */
    @Override
    public Optional<InputStream> open(BlobKey key, long offset, long length) throws IOException {
        Optional<InputStream> found = store.open(key, offset, length);
        found = found.isPresent() ? found : former.open(key, offset, length);
        return found.isPresent() ? found : store.open(key, offset, length);
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key) throws IOException {
        Optional<BlobStat> found = store.stat(key);
        found = found.isPresent() ? found : former.stat(key);
        return found.isPresent() ? found : store.stat(key);
    }

    /** From both, the former one first: moving never brings it back. */
    @Override
    public void delete(Collection<BlobKey> keys) throws IOException {
        former.delete(keys);
        store.delete(keys);
    }

    @Override
    public List<BlobStat> list(String kind, Optional<BlobKey> after, int limit) throws IOException {
        return store.list(kind, after, limit);
    }

    @Override
    public Set<String> kinds() throws IOException {
        return store.kinds();
    }

    @Override
    public long shortage() throws IOException {
        return store.shortage();
    }

    @Override
    public Optional<Path> file(BlobKey key) {
        return store.file(key).or(() -> former.file(key));
    }

    @Override
    public void removeUnfinished(Duration age) throws IOException {
        former.removeUnfinished(age);
        store.removeUnfinished(age);
    }

    /** Only of what is there already. */
    @Override
    public Optional<String> address(BlobKey key) {
        Optional<String> address = store.address(key);
        try {
            return address.isPresent() && store.stat(key).isPresent() ? address : Optional.empty();
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }
}
