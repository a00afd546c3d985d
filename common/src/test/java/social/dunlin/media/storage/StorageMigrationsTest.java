package social.dunlin.media.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.MediaConfiguration.MediaStoreKind;
import social.dunlin.database.Database;
import social.dunlin.event.EventBus;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.blob.BlobContent;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.BlobStat;
import social.dunlin.media.blob.BlobStore;
import social.dunlin.media.blob.BlobStores;
import social.dunlin.media.blob.S3Server;
import social.dunlin.media.storage.StorageMigration.State;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.TestConfiguration;

/** All blobs move from a folder to a bucket of a real process, and back. */
@Order(1)
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorageMigrationsTest {
    private static final int BLOBS = 130;

    @TempDir
    static Path data;
    @TempDir
    static Path bucket;
    private Database database;
    private Vertx vertx;
    private EventBus events;
    private S3Server server;
    private BlobStores toBucket;
    private BlobStores toFolder;
    private final Map<BlobKey, byte[]> blobs = new TreeMap<>();

    @BeforeAll
    void serve(Database given, Vertx givenVertx, PgConnectOptions options) throws IOException {
        database = given;
        vertx = givenVertx;
        events = EventBus.of(database, vertx, options, true);
        server = S3Server.start(bucket, vertx);
        Files.createDirectories(data.resolve("media"));
        toBucket = stores("s3");
        toFolder = stores("disk");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void fillTheFolder() throws IOException {
        database.execute("delete from storage_migration");
        database.execute("delete from job");
        blobs.clear();
        for (MediaStoreKind kind : MediaStoreKind.values()) {
            BlobStore store = toBucket.of(kind);
            for (String each : store.kinds()) {
                store.delete(store.list(each, Optional.empty(), 1000).stream().map(BlobStat::key).toList());
            }
        }
        for (int number = 0; number < BLOBS; number++) {
            byte[] bytes = ("picture " + number).repeat(number).getBytes(StandardCharsets.UTF_8);
            BlobKey key = BlobKey.random(number % 3 == 0 ? "preview" : "picture", MediaFormat.JPEG);
            toBucket.of(MediaStoreKind.DISK).put(key, BlobContent.of(bytes));
            blobs.put(key, bytes);
        }
    }

    private DunlinConfiguration configuration(String store) {
        Map<String, String> properties = new TreeMap<>(Map.of("dunlin.media.store", store, "dunlin.data.dir", data.toString(), "dunlin.media.keep-free-megabytes", "0"));
        server.settings().forEach((name, value) -> properties.put(name.toLowerCase(Locale.ROOT).replaceFirst("_", ".").replaceFirst("_", ".").replace('_', '-'), value));
        return TestConfiguration.of(properties);
    }

    private BlobStores stores(String store) {
        return new BlobStores(configuration(store), vertx);
    }

    private StorageMigrations migrations(BlobStores stores) {
        return new StorageMigrations(new StorageMigrationStore(database), stores, new BlobMover(configuration("s3")), database, Jobs.of(database, events));
    }

    /** Does the jobs that wait, as a worker does, so many at most. */
    private void work(StorageMigrations migrations, int most) throws IOException {
        for (int done = 0; done < most; done++) {
            Optional<Long> job = database.first("delete from job where kind = 'storage_migration' returning payload", row -> Long.valueOf(row.getString("payload")));
            if (job.isEmpty()) {
                return;
            }
            migrations.step(job.get());
        }
    }

    private void assertAllIn(MediaStoreKind place, MediaStoreKind emptied) throws IOException {
        List<BlobKey> found = new ArrayList<>();
        for (String kind : toBucket.of(place).kinds()) {
            toBucket.of(place).list(kind, Optional.empty(), 1000).forEach(blob -> found.add(blob.key()));
        }
        assertEquals(new TreeSet<>(blobs.keySet()), new TreeSet<>(found));
        for (Map.Entry<BlobKey, byte[]> blob : blobs.entrySet()) {
            assertArrayEquals(blob.getValue(), toBucket.of(place).open(blob.getKey()).orElseThrow().readAllBytes());
            assertTrue(toBucket.of(emptied).stat(blob.getKey()).isEmpty());
        }
    }

    @Test
    void everythingMovesAndIsReadableAllTheWay() throws IOException {
        StorageMigrations migrations = migrations(toBucket);
        assertEquals(0, migrations.begin(false).percent());
        BlobStore both = readable();
        while (migrations.latest().orElseThrow().state() == State.RUNNING) {
            work(migrations, 1);
            for (Map.Entry<BlobKey, byte[]> blob : blobs.entrySet()) {
                assertArrayEquals(blob.getValue(), both.open(blob.getKey()).orElseThrow().readAllBytes());
            }
        }
        StorageMigration done = migrations.latest().orElseThrow();
        assertEquals(State.DONE, done.state());
        assertEquals(BLOBS, done.moved());
        assertEquals(blobs.values().stream().mapToLong(bytes -> bytes.length).sum(), done.bytes());
        assertEquals(100, done.percent());
        assertAllIn(MediaStoreKind.S3, MediaStoreKind.DISK);
        StorageMigrations back = migrations(toFolder);
        back.begin(false);
        work(back, 100);
        assertEquals(BLOBS, back.latest().orElseThrow().moved());
        assertAllIn(MediaStoreKind.DISK, MediaStoreKind.S3);
    }

    /** As an application reads: what the container makes of the two. */
    private BlobStore readable() {
        return new BlobStores(configuration("s3"), vertx).both();
    }

    @Test
    void aKilledBatchIsDoneAgainWithoutLosingOrDoublingAnything() throws IOException {
        StorageMigrations migrations = migrations(toBucket);
        long id = migrations.begin(false).id();
        work(migrations, 1);
        // What a process leaves that was killed between copying and writing its position: some are in both, some only there, one is half.
        StorageMigration before = migrations.latest().orElseThrow();
        List<BlobStat> next = toBucket.of(MediaStoreKind.DISK).list(before.kinds().getFirst(), before.position(), 20);
        for (BlobStat blob : next.subList(0, 10)) {
            toBucket.of(MediaStoreKind.S3).put(blob.key(), BlobContent.of(blobs.get(blob.key())));
        }
        toBucket.of(MediaStoreKind.DISK).delete(next.subList(0, 5).stream().map(BlobStat::key).toList());
        toBucket.of(MediaStoreKind.S3).put(next.get(11).key(), BlobContent.of("half".getBytes()));
        work(migrations, 100);
        assertEquals(State.DONE, migrations.latest().orElseThrow().state());
        assertAllIn(MediaStoreKind.S3, MediaStoreKind.DISK);
        migrations.step(id);
        assertEquals(BLOBS - 5, migrations.latest().orElseThrow().moved(), "a job that comes twice does nothing");
    }

    @Test
    void aMoveIsCancelledAndGoneOnWith() throws IOException {
        StorageMigrations migrations = migrations(toBucket);
        migrations.begin(true);
        assertThrows(Refusal.class, () -> migrations.begin(true));
        work(migrations, 1);
        assertEquals(State.CANCELLED, migrations.cancel().state());
        long moved = migrations.latest().orElseThrow().moved();
        work(migrations, 100);
        assertEquals(moved, migrations.latest().orElseThrow().moved());
        assertThrows(Refusal.class, migrations::cancel);
        assertEquals(State.RUNNING, migrations.resume().state());
        work(migrations, 100);
        assertEquals(BLOBS, migrations.latest().orElseThrow().moved());
        assertThrows(Refusal.class, migrations::resume);
        for (BlobKey key : blobs.keySet()) {
            assertTrue(toBucket.of(MediaStoreKind.DISK).stat(key).isPresent(), "kept as asked");
        }
    }

    @Test
    void theManifestNamesEveryFileOfTheOldStore() throws IOException {
        List<BlobKey> told = new ArrayList<>();
        migrations(toBucket).manifest(blob -> told.add(blob.key()));
        assertEquals(new ArrayList<>(blobs.keySet()), told);
    }

    @Test
    void aStoreThatIsAwayIsWaitedFor() throws IOException {
        Map<String, String> properties = Map.of("dunlin.media.store", "s3", "dunlin.data.dir", data.toString(), "dunlin.s3.endpoint", "http://127.0.0.1:1",
            "dunlin.s3.bucket", "media", "dunlin.s3.access-key", "x", "dunlin.s3.secret-key", "y");
        StorageMigrations migrations = migrations(new BlobStores(TestConfiguration.of(properties), vertx));
        long id = migrations.begin(false).id();
        assertThrows(IOException.class, () -> migrations.step(id));
        StorageMigration waiting = migrations.latest().orElseThrow();
        assertEquals(State.RUNNING, waiting.state());
        assertTrue(waiting.lastError().contains("127.0.0.1:1"), waiting.lastError());
        for (BlobKey key : blobs.keySet()) {
            assertTrue(toBucket.of(MediaStoreKind.DISK).stat(key).isPresent());
        }
    }

    @Test
    void withoutAnotherStoreThereIsNothingToMove() {
        StorageMigrations migrations = migrations(new BlobStores(TestConfiguration.of(Map.of("dunlin.data.dir", data.toString())), vertx));
        assertThrows(Refusal.class, () -> migrations.begin(false));
    }
}
