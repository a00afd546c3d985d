package social.dunlin.media.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.media.MediaFormat;

/** The contract against a real process that speaks S3, with keys under a prefix. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3BlobStoreTest implements BlobStoreContract {
    @TempDir
    static Path folder;
    private final Vertx vertx = Vertx.vertx();
    private S3Server server;
    private S3BlobStore store;

    @BeforeAll
    void serve() throws IOException {
        server = S3Server.start(folder, vertx);
        store = server.store(Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
        vertx.close();
    }

    @Override
    public BlobStore store() {
        return store;
    }

    /** Of an empty object s3rver gives no range, where Amazon answers 416. */
    @Override
    @Test
    public void nothingAtAllIsStoredToo() throws IOException {
        BlobKey key = BlobKey.random("contract");
        store.put(key, BlobContent.of(new byte[0]));
        assertEquals(0, store.stat(key).orElseThrow().size());
        assertEquals(0, store.open(key).orElseThrow().readAllBytes().length);
    }

    @Test
    void aFilmPassesInPieces() throws IOException {
        byte[] film = new byte[9_000_001];
        new Random(9).nextBytes(film);
        BlobKey key = BlobKey.random("films", MediaFormat.MP4);
        store.put(key, BlobContent.of(film));
        assertEquals(film.length, store.stat(key).orElseThrow().size());
        assertArrayEquals(film, store.open(key).orElseThrow().readAllBytes());
    }

    @Test
    void behindTheEndThereIsNothing() throws IOException {
        BlobKey key = BlobKey.random("ends", MediaFormat.PNG);
        store.put(key, BlobContent.of(new byte[100]));
        assertEquals(0, store.open(key, 100, 10).orElseThrow().readAllBytes().length);
        assertEquals(0, store.open(key, 0, 0).orElseThrow().readAllBytes().length);
    }

    @Test
    void readersGetAnAddressOnlyWhenTheyShall() throws Exception {
        BlobKey key = BlobKey.random("addresses", MediaFormat.PNG);
        store.put(key, BlobContent.of("picture".getBytes()));
        assertEquals(Optional.empty(), store.address(key));
        assertEquals(Optional.of("https://cdn.example/dunlin/test/" + key),
            server.store(Map.of("dunlin.s3.delivery", "public", "dunlin.s3.public-url", "https://cdn.example/")).address(key));
        String signed = server.store(Map.of("dunlin.s3.delivery", "signed")).address(key).orElseThrow();
        HttpResponse<String> read = get(signed);
        assertEquals("picture", read.body());
        assertEquals("image/png", read.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void whatTheStoreRefusesIsToldInItsWords() {
        BlobKey key = BlobKey.random("refused", MediaFormat.PNG);
        IOException refused = assertThrows(IOException.class,
            () -> server.store(Map.of("dunlin.s3.access-key", "nobody")).put(key, BlobContent.of(new byte[10])));
        assertTrue(refused.getMessage().contains("InvalidAccessKeyId"), refused.getMessage());
        IOException missing = assertThrows(IOException.class, () -> server.store(Map.of("dunlin.s3.bucket", "another")).list("x", Optional.empty(), 1));
        assertTrue(missing.getMessage().contains("NoSuchBucket"), missing.getMessage());
        IOException away = assertThrows(IOException.class,
            () -> server.store(Map.of("dunlin.s3.endpoint", "http://127.0.0.1:1")).delete(List.of(key)));
        assertTrue(away.getMessage().contains("127.0.0.1:1"), away.getMessage());
    }

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
