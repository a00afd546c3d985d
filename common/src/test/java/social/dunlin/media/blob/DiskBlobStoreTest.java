package social.dunlin.media.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.media.MediaFormat;

class DiskBlobStoreTest implements BlobStoreContract {
    @TempDir
    Path folder;
    private DiskBlobStore store;

    @BeforeEach
    void open() {
        store = new DiskBlobStore(folder.resolve("media"), 0);
    }

    @Override
    public BlobStore store() {
        return store;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aBlobIsOneFileOfItsShelf() throws IOException {
        BlobKey key = new BlobKey("picture", "ab12345678901234", "png");
        store.put(key, BlobContent.of(new byte[]{1, 2}));
        assertEquals(List.of(folder.resolve("media/picture/ab/ab12345678901234.png")), files());
        assertEquals(files().getFirst(), store.file(key).orElseThrow());
    }

    @Test
    void aFailedWriteLeavesNoFile() throws IOException {
        assertThrows(IOException.class, () -> store.put(BlobKey.random("picture"), new BlobContent(1, "", () -> {
            throw new IOException("broken");
        })));
        assertEquals(List.of(), files());
    }

    @Test
    void roomIsLeftFree() {
        DiskBlobStore full = new DiskBlobStore(folder, Long.MAX_VALUE / 2);
        assertThrows(BlobStoreFull.class, () -> full.put(BlobKey.random("picture"), BlobContent.of(new byte[1])));
    }

    @Test
    void whatAKilledProcessLeftIsRemoved() throws IOException {
        Path unfinished = Files.createDirectories(folder.resolve("media/.unfinished")).resolve("half");
        Files.write(unfinished, new byte[3]);
        store.removeUnfinished(Duration.ofHours(1));
        assertTrue(Files.exists(unfinished));
        store.removeUnfinished(Duration.ofHours(-1));
        assertEquals(List.of(), files());
    }

    @Test
    void itIsRemovedAlsoWhileFilesMoveBetweenStores() throws IOException {
        Path unfinished = Files.createDirectories(folder.resolve("media/.unfinished")).resolve("half");
        BlobStore elsewhere = new DiskBlobStore(folder.resolve("elsewhere"), 0);
        for (BlobStore both : List.of(new FallbackBlobStore(store, elsewhere), new FallbackBlobStore(elsewhere, store))) {
            Files.write(unfinished, new byte[3]);
            both.removeUnfinished(Duration.ofHours(-1));
            assertTrue(Files.notExists(unfinished));
        }
    }

    /** Row 77 of the hostile inputs: a name that leads elsewhere. */
    @Test
    void hostileInput77_noKeyLeadsOutOfTheFolder() {
        for (String text : List.of("../../x", "picture/../../etc/passwd", "/etc/passwd", "picture/ab12345678901234.png/..", "picture/ab1234567890123\0",
                "picture/AB12345678901234.png", "picture/ab12345678901234.", "picture\\ab12345678901234", "picture/short", ".unfinished/ab12345678901234",
                "picture/ab12345678901234.png\n", "picture/" + "a".repeat(65), "")) {
            assertTrue(BlobKey.tryParse(text).isEmpty(), text);
        }
        assertThrows(IllegalArgumentException.class, () -> new BlobKey("..", "ab12345678901234", "png"));
        assertThrows(IllegalArgumentException.class, () -> new BlobKey("picture", "ab12345678901234", "../x"));
    }

    @Test
    void keysSayTheirType() {
        assertEquals("image/jpeg", BlobKey.random("picture", MediaFormat.JPEG).contentType());
        assertEquals("application/octet-stream", BlobKey.random("picture").contentType());
        assertEquals("application/octet-stream", BlobKey.parse("picture/ab12345678901234.html").contentType());
        BlobKey key = BlobKey.random("picture", MediaFormat.WEBM);
        assertEquals(key, BlobKey.parse(key.toString()));
    }
}
