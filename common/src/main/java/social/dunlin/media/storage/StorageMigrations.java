package social.dunlin.media.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import social.dunlin.config.MediaConfiguration.MediaStoreKind;
import social.dunlin.database.Database;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.BlobStat;
import social.dunlin.media.blob.BlobStore;
import social.dunlin.media.blob.BlobStores;
import social.dunlin.media.storage.StorageMigration.State;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;

/**
 * Moves all blobs to the store that the settings name, from the other one. New ones go to the former already, and reading
 * finds both, so nothing is out of reach at any time. Each job moves a batch and leaves the next job with its position.
 */
@ApplicationScoped
public class StorageMigrations {
    public static final String KIND = "storage_migration";
    private static final int BATCH = 50;
    private static final long BATCH_BYTES = 256L << 20;

    private final StorageMigrationStore store;
    private final BlobStores stores;
    private final BlobMover mover;
    private final Database database;
    private final Jobs jobs;

    public StorageMigrations(StorageMigrationStore store, BlobStores stores, BlobMover mover, Database database, Jobs jobs) {
        this.store = store;
        this.stores = stores;
        this.mover = mover;
        this.database = database;
        this.jobs = jobs;
    }

    /** @param keepsSource whether what was moved stays where it was, too */
    public StorageMigration begin(boolean keepsSource) throws IOException {
        MediaStoreKind source = former();
        List<String> kinds = List.copyOf(stores.of(source).kinds());
        return database.transaction(() -> {
            long id = store.begin(source, stores.inUse(), keepsSource, kinds)
                .orElseThrow(() -> Refusal.unprocessable("Blobs are being moved already: see 'dunlin admin media status'."));
            enqueue(id);
            return store.byId(id).orElseThrow();
        });
    }

    private MediaStoreKind former() {
        return stores.former().orElseThrow(() -> Refusal.unprocessable("There is no other store to move from: media.store names the new one, and the "
            + "settings of the one before have to be there as well (for s3 the bucket and its keys, for disk its folder)."));
    }

    public Optional<StorageMigration> latest() {
        return store.latest();
    }

    /** What has been moved stays moved; both stores are read. */
    public StorageMigration cancel() {
        StorageMigration latest = latest().filter(each -> store.setState(each.id(), State.RUNNING, State.CANCELLED))
            .orElseThrow(() -> Refusal.unprocessable("Nothing is being moved."));
        return store.byId(latest.id()).orElseThrow();
    }

    public StorageMigration resume() {
        return database.transaction(() -> {
            StorageMigration latest = latest().orElseThrow(() -> Refusal.unprocessable("Nothing was being moved."));
            if (latest.target() != stores.inUse()) {
                throw Refusal.unprocessable("That moved to another store than media.store names now. Begin a new one.");
            }
            if (!store.setState(latest.id(), State.CANCELLED, State.RUNNING) && latest.state() != State.RUNNING) {
                throw Refusal.unprocessable("That is done.");
            }
            enqueue(latest.id());
            return store.byId(latest.id()).orElseThrow();
        });
    }

    private void enqueue(long id) {
        jobs.enqueue(new Job(KIND, Long.toString(id), Job.LEISURELY, "", null, Long.toString(id)));
    }

    /** Moves one batch. @throws IOException when a store cannot be used now; the batch is to be tried again */
    public void step(long id) throws IOException {
        Optional<StorageMigration> found = store.byId(id).filter(each -> each.state() == State.RUNNING);
        if (found.isEmpty()) {
            return;
        }
        StorageMigration migration = found.get();
        try {
            Batch batch = migration.kinds().isEmpty() ? new Batch(List.of(), Optional.empty(), 0, 0, 0) : move(migration);
            database.transaction(() -> {
                store.advance(migration, batch.kinds(), batch.position(), batch.moved(), batch.bytes(), batch.failed());
                if (!batch.kinds().isEmpty()) {
                    enqueue(id);
                }
            });
        } catch (IOException failure) {
            store.failed(id, failure.getMessage());
            throw failure;
        }
    }

    /** What a batch has done, and where the next one begins. */
    private record Batch(List<String> kinds, Optional<BlobKey> position, long moved, long bytes, long failed) {
    }

    private Batch move(StorageMigration migration) throws IOException {
        BlobStore source = stores.of(migration.source());
        BlobStore target = stores.of(migration.target());
        List<BlobStat> page = source.list(migration.kinds().getFirst(), migration.position(), BATCH);
        Optional<BlobKey> position = migration.position();
        long moved = 0;
        long bytes = 0;
        long failed = 0;
        List<BlobKey> done = new ArrayList<>();
        for (BlobStat blob : page) {
            if (mover.copy(blob, source, target)) {
                done.add(blob.key());
                moved++;
                bytes += blob.size();
            } else {
                failed++;
            }
            position = Optional.of(blob.key());
            if (bytes >= BATCH_BYTES) {
                break;
            }
        }
        if (!migration.keepsSource()) {
            source.delete(done);
        }
        boolean kindIsDone = page.size() < BATCH && moved + failed == page.size();
        List<String> kinds = kindIsDone ? migration.kinds().subList(1, migration.kinds().size()) : migration.kinds();
        return new Batch(kinds, kindIsDone ? Optional.empty() : position, moved, bytes, failed);
    }

    /** Tells every blob of the store that is moved from, for programs that copy by themselves. */
    public void manifest(Consumer<BlobStat> teller) throws IOException {
        BlobStore source = stores.of(former());
        for (String kind : source.kinds()) {
            Optional<BlobKey> after = Optional.empty();
            List<BlobStat> page;
            do {
                page = source.list(kind, after, 1000);
                page.forEach(teller);
                after = page.isEmpty() ? after : Optional.of(page.getLast().key());
            } while (page.size() == 1000);
        }
    }
}
