package social.dunlin.media.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.media.MediaFormat;

/** What holds for every {@link BlobStore}. A store's test implements it; kinds are of the test's own making. */
public interface BlobStoreContract {
    /** The store, which may hold other things already. */
    BlobStore store();

    private static BlobKey key() {
        return BlobKey.random("contract", MediaFormat.PNG);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private byte[] read(BlobKey key, long offset, long length) throws IOException {
        try (InputStream stream = store().open(key, offset, length).orElseThrow()) {
            return stream.readAllBytes();
        }
    }

    @Test
    default void whatIsStoredIsReadAgain() throws IOException {
        byte[] bytes = bytes(300_000);
        BlobKey key = key();
        store().put(key, BlobContent.of(bytes));
        assertArrayEquals(bytes, store().open(key).orElseThrow().readAllBytes());
        BlobStat stat = store().stat(key).orElseThrow();
        assertEquals(key, stat.key());
        assertEquals(bytes.length, stat.size());
        assertTrue(Duration.between(stat.storedAt(), Instant.now()).abs().compareTo(Duration.ofHours(1)) < 0);
    }

    @Test
    default void aFileIsStored(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("picture"), bytes(70_000));
        BlobKey key = BlobKey.ofContent("contract", BlobContent.of(file), MediaFormat.JPEG);
        store().put(key, BlobContent.of(file));
        assertArrayEquals(bytes(70_000), read(key, 0, Long.MAX_VALUE));
    }

    @Test
    default void nothingAtAllIsStoredToo() throws IOException {
        BlobKey key = BlobKey.random("contract");
        store().put(key, BlobContent.of(new byte[0]));
        assertEquals(0, store().stat(key).orElseThrow().size());
        assertEquals(0, read(key, 0, 10).length);
    }

    @Test
    default void aRangeIsRead() throws IOException {
        byte[] bytes = bytes(100_000);
        BlobKey key = key();
        store().put(key, BlobContent.of(bytes));
        assertArrayEquals(Arrays.copyOfRange(bytes, 0, 10), read(key, 0, 10));
        assertArrayEquals(Arrays.copyOfRange(bytes, 50_000, 60_001), read(key, 50_000, 10_001));
        assertArrayEquals(Arrays.copyOfRange(bytes, 99_999, 100_000), read(key, 99_999, 1));
        assertArrayEquals(Arrays.copyOfRange(bytes, 99_990, 100_000), read(key, 99_990, 5_000));
        assertArrayEquals(Arrays.copyOfRange(bytes, 99_990, 100_000), read(key, 99_990, Long.MAX_VALUE));
    }

    @Test
    default void whatIsNotThereIsNotFound() throws IOException {
        assertTrue(store().open(key()).isEmpty());
        assertTrue(store().open(key(), 5, 10).isEmpty());
        assertTrue(store().stat(key()).isEmpty());
        assertTrue(store().file(key()).isEmpty());
    }

    @Test
    default void storingAgainReplaces() throws IOException {
        BlobKey key = key();
        store().put(key, BlobContent.of(bytes(5_000)));
        store().put(key, BlobContent.of(bytes(400)));
        assertArrayEquals(bytes(400), read(key, 0, Long.MAX_VALUE));
    }

    @Test
    default void otherBytesThanAnnouncedAreNotStored() throws IOException {
        BlobKey key = key();
        BlobContent right = BlobContent.of(bytes(5_000));
        assertThrows(IOException.class, () -> store().put(key, new BlobContent(5_000, right.sha256(), () -> new ByteArrayInputStream(new byte[5_000]))));
        assertTrue(store().stat(key).isEmpty());
        assertThrows(IOException.class, () -> store().put(key, new BlobContent(5_000, right.sha256(), () -> new ByteArrayInputStream(bytes(5_000), 0, 4_000))));
        assertTrue(store().stat(key).isEmpty());
    }

    @Test
    default void aSourceThatBreaksLeavesWhatWasThere() throws IOException {
        BlobKey key = key();
        store().put(key, BlobContent.of(bytes(400)));
        BlobContent breaking = new BlobContent(5_000, BlobContent.of(bytes(5_000)).sha256(), () -> {
            throw new IOException("broken");
        });
        assertThrows(IOException.class, () -> store().put(key, breaking));
        assertArrayEquals(bytes(400), read(key, 0, Long.MAX_VALUE));
    }

    @Test
    default void whatIsDeletedIsGone() throws IOException {
        BlobKey gone = key();
        BlobKey kept = key();
        store().put(gone, BlobContent.of(bytes(10)));
        store().put(kept, BlobContent.of(bytes(10)));
        store().delete(List.of(gone, key()));
        assertTrue(store().stat(gone).isEmpty());
        assertTrue(store().open(gone).isEmpty());
        assertTrue(store().stat(kept).isPresent());
        store().delete(List.of(gone));
        store().delete(List.of());
    }

    @Test
    default void blobsAreListedByKindInOrderPageByPage() throws IOException {
        String kind = "listed" + Long.toString(System.nanoTime(), 26).replaceAll("[0-9]", "x").substring(0, 8);
        List<BlobKey> keys = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            keys.add(BlobKey.random(kind, i % 2 == 0 ? MediaFormat.PNG : MediaFormat.MP4));
        }
        keys.add(new BlobKey(kind, "aa00000000000000", "png"));
        keys.add(new BlobKey(kind, "aa000000000000001", "png"));
        keys.add(new BlobKey(kind, "aa00000000000000", ""));
        for (BlobKey key : keys) {
            store().put(key, BlobContent.of(key.toString().getBytes(StandardCharsets.UTF_8)));
        }
        store().put(key(), BlobContent.of(bytes(3)));
        List<BlobKey> listed = new ArrayList<>();
        List<BlobStat> page;
        do {
            page = store().list(kind, listed.isEmpty() ? Optional.empty() : Optional.of(listed.getLast()), 3);
            page.forEach(each -> listed.add(each.key()));
            page.forEach(each -> assertEquals(each.key().toString().length(), each.size()));
        } while (page.size() == 3);
        assertEquals(keys.stream().sorted().toList(), listed);
        assertTrue(store().list("nothing", Optional.empty(), 10).isEmpty());
        assertTrue(store().kinds().containsAll(List.of(kind, "contract")));
    }

    @Test
    default void manyWriteTheSameKeyAtOnce() throws Exception {
        BlobKey key = key();
        BlobContent content = BlobContent.of(bytes(200_000));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Object>> writers = java.util.Collections.nCopies(8, () -> {
                store().put(key, content);
                return read(key, 0, Long.MAX_VALUE);
            });
            for (Future<Object> read : threads.invokeAll(writers)) {
                assertArrayEquals(bytes(200_000), (byte[]) read.get());
            }
        }
    }
}
