package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.blob.BlobContent;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.DiskBlobStore;
import social.dunlin.media.blob.S3BlobStore;
import social.dunlin.media.blob.S3Server;
import social.dunlin.testing.TestPostgres;

/** Everything moves from the folder to a bucket while the power fails. */
class MediaStorageIT {
    private static final int FILES = 400;
    private static final String KIND = "picture";

    @Test
    void aMoveSurvivesKillsAndLosesAndDoublesNothing(@TempDir Path data, @TempDir Path bucket) throws Exception {
        Vertx vertx = Vertx.vertx();
        DiskBlobStore folder = new DiskBlobStore(data.resolve("media"), 0);
        Map<BlobKey, byte[]> files = new TreeMap<>();
        for (int number = 0; number < FILES; number++) {
            byte[] bytes = ("picture " + number).repeat(100).getBytes(StandardCharsets.UTF_8);
            BlobKey key = BlobKey.random(KIND, MediaFormat.PNG);
            folder.put(key, BlobContent.of(bytes));
            files.put(key, bytes);
        }
        TestPostgres postgres = TestPostgres.start();
        try (S3Server s3 = S3Server.start(bucket, vertx);
             Server server = Server.tryOut(data).with("DUNLIN_DATABASE_URL", postgres.uriOf(postgres.freshDatabase())).with("DUNLIN_MEDIA_STORE", "s3")) {
            s3.settings().forEach(server::with);
            S3BlobStore store = s3.store(Map.of());
            server.start();
            List<String> manifest = server.run("admin", "media", "manifest").lines().toList();
            assertEquals(files.keySet().stream().map(BlobKey::toString).toList(), manifest.stream().map(MediaStorageIT::key).toList());
            assertTrue(server.run("admin", "media", "storage-migrate").startsWith("running: disk to s3"));
            for (int kill = 1; kill <= 2; kill++) {
                int wanted = kill * 60;
                Await.until("some files are in the bucket", Duration.ofMinutes(8), () -> listed(store, wanted) == wanted);
                server.kill();
                server.start();
            }
            Await.untilAskedSeldom("all files are in the bucket", Duration.ofMinutes(8), () -> server.run("admin", "media", "status").startsWith("done: "));
            assertEquals(files.keySet(), store.list(KIND, Optional.empty(), 2 * FILES).stream().map(blob -> blob.key()).collect(Collectors.toCollection(TreeSet::new)));
            for (Map.Entry<BlobKey, byte[]> file : files.entrySet()) {
                assertArrayEquals(file.getValue(), store.open(file.getKey()).orElseThrow().readAllBytes());
            }
            assertTrue(folder.list(KIND, Optional.empty(), 1).isEmpty());
        } finally {
            vertx.close();
        }
    }

    private static int listed(S3BlobStore store, int most) {
        try {
            return store.list(KIND, Optional.empty(), most).size();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String key(String line) {
        try {
            JsonNode json = Api.JSON.readTree(line);
            return json.get("Key").asText();
        } catch (IOException noJson) {
            throw new AssertionError(line, noJson);
        }
    }
}
