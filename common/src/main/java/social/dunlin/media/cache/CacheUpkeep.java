package social.dunlin.media.cache;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.MediaConfiguration.CacheMode;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.BlobStat;
import social.dunlin.media.blob.BlobStore;
import social.dunlin.media.cache.CachedMediaStore.Kept;
import social.dunlin.media.proxy.MediaRejections;

/**
 * Keeps the cache within its bounds: what nobody looked at for long goes, then what was looked at longest ago until the
 * rest fits. A row goes before its bytes, so a killed process leaves bytes without a row, which are looked for as well.
 */
@ApplicationScoped
public class CacheUpkeep {
    private static final int AT_ONCE = 200;
    /** Bytes younger than this may still get their row. */
    private static final Duration GRACE = Duration.ofHours(1);
    private static final Logger LOG = Logger.getLogger(CacheUpkeep.class);

    private final CachedMediaStore store;
    private final BlobStore blobs;
    private final MediaRejections rejections;
    private final DunlinConfiguration configuration;

    public CacheUpkeep(CachedMediaStore store, BlobStore blobs, MediaRejections rejections, DunlinConfiguration configuration) {
        this.store = store;
        this.blobs = blobs;
        this.rejections = rejections;
        this.configuration = configuration;
    }

    /** All of it. */
    public void run() throws IOException {
        Removed removed = prune(configuration.remoteMedia().cacheDays()).and(removeStray());
        if (removed.blobs() > 0) {
            LOG.debugf("%d copies of other servers' media removed, %d MB", removed.blobs(), removed.bytes() >> 20);
        }
    }

    /** Everything that has to go, with copies nobody looked at for so many days; 0 for no such limit. */
    public Removed prune(int days) throws IOException {
        Removed removed = new Removed(0, 0);
        Set<String> rejected = rejections.all();
        if (!rejected.isEmpty()) {
            store.forgetHosts(rejected);
        }
        removed = removed.and(remove(() -> store.takeUnnamed(AT_ONCE)));
        if (days > 0) {
            removed = removed.and(remove(() -> store.takeOld(days, AT_ONCE)));
        }
        long excess = excess();
        return excess > 0 ? removed.and(makeRoom(excess)) : removed;
    }

    /** Copies give way before a disk is so full that uploads are refused. */
    private long excess() throws IOException {
        long budget = configuration.remoteMedia().cache() == CacheMode.OFF ? 0 : (long) configuration.remoteMedia().cacheMegabytes() << 20;
        return Math.max(store.bytes() - budget, blobs.shortage());
    }

    /** What {@link #prune} would let go now. */
    public Removed expected(int days) throws IOException {
        Removed doomed = store.doomed(days, rejections.all());
        long more = excess() - doomed.bytes();
        return more > 0 ? doomed.and(store.leastUsed(more, days)) : doomed;
    }

    /** Lets so many bytes go, those looked at longest ago, as far as there are so many. */
    Removed makeRoom(long bytes) throws IOException {
        Removed made = new Removed(0, 0);
        Removed least;
        do {
            least = delete(store.takeLeastUsed(bytes - made.bytes()));
            made = made.and(least);
        } while (made.bytes() < bytes && least.blobs() > 0);
        return made;
    }

    /** Bytes that no row names: of what was being stored, or removed, when a process was killed. */
    public Removed removeStray() throws IOException {
        Removed removed = new Removed(0, 0);
        Optional<BlobKey> after = Optional.empty();
        List<BlobStat> page;
        do {
            page = blobs.list(RemoteMediaCache.BLOBS, after, AT_ONCE);
            if (!page.isEmpty()) {
                Set<String> known = new HashSet<>(store.known(page.stream().map(BlobStat::key).toList()));
                Instant old = Instant.now().minus(GRACE);
                List<BlobStat> stray = page.stream().filter(blob -> !known.contains(blob.key().toString()) && blob.storedAt().isBefore(old)).toList();
                blobs.delete(stray.stream().map(BlobStat::key).toList());
                removed = removed.and(new Removed(stray.size(), stray.stream().mapToLong(BlobStat::size).sum()));
                after = Optional.of(page.getLast().key());
            }
        } while (page.size() == AT_ONCE);
        return removed;
    }

    private Removed remove(Supplier<List<Kept>> take) throws IOException {
        Removed removed = new Removed(0, 0);
        Removed batch;
        do {
            batch = delete(take.get());
            removed = removed.and(batch);
        } while (batch.blobs() > 0);
        return removed;
    }

    private Removed delete(List<Kept> taken) throws IOException {
        blobs.delete(taken.stream().map(Kept::key).toList());
        return new Removed(taken.size(), taken.stream().mapToLong(Kept::size).sum());
    }
}
