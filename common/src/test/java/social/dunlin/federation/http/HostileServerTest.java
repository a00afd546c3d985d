package social.dunlin.federation.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import social.dunlin.federation.http.FetchException.TooLarge;
import social.dunlin.federation.http.FetchException.Unreachable;
import social.dunlin.federation.http.FetchException.WrongType;
import social.dunlin.id.ObjectUri;

/** Servers that keep us waiting or feed us without end: hostile input 50. */
class HostileServerTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/activity+json\r\n";
    private static final HttpClientSettings SETTINGS = HttpClientSettings.defaults("test")
            .withPrivateAddresses(List.of(Cidr.parse("127.0.0.0/8")), true)
            .withTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(60));
    private final LoopbackServers servers = new LoopbackServers();
    private Vertx vertx;
    private GuardedHttpClient client;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        client = client(SETTINGS);
    }

    private GuardedHttpClient client(HttpClientSettings settings) {
        return new GuardedHttpClient(vertx, settings, name -> List.of(InetAddress.ofLiteral("127.0.0.1")), host -> false);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        servers.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void hostileInput50_aBodyThatDripsIsGivenUp() {
        assertGivenUpInTime(output -> {
            write(output, HEAD + "Content-Length: 100000\r\n\r\n");
            drip(output, "x");
        });
    }

    @Test
    void hostileInput50_headersWithoutEndAreGivenUp() {
        assertGivenUpInTime(output -> {
            write(output, HEAD);
            drip(output, "X-More: x\r\n");
        });
    }

    @Test
    void hostileInput50_aServerThatSaysNothingIsGivenUp() {
        assertGivenUpInTime(output -> drip(output, ""));
    }

    @Test
    void hostileInput50_headersOverTheLimitAreRefused() {
        assertGivenUp(Unreachable.class, output -> write(output, HEAD + "X-Large: " + "x".repeat(100_000) + "\r\n\r\n"));
    }

    @Test
    void hostileInput50_aDeclaredSizeOverTheLimitIsRefusedAtOnce() {
        assertGivenUp(TooLarge.class, output -> {
            write(output, HEAD + "Content-Length: 10737418240\r\n\r\n");
            drip(output, "x");
        });
    }

    @Test
    void hostileInput50_chunksWithoutEndAreCutOff() {
        assertGivenUp(TooLarge.class, output -> {
            write(output, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
            while (true) {
                write(output, chunk);
            }
        });
    }

    @Test
    void hostileInput50_aBodyWithoutDeclaredEndIsCutOff() {
        assertGivenUp(TooLarge.class, output -> {
            write(output, HEAD + "Connection: close\r\n\r\n");
            while (true) {
                write(output, "x".repeat(0x4000));
            }
        });
    }

    @Test
    void hostileInput50_aGzipBombIsNotUnpacked() throws IOException {
        byte[] bomb = gzip(new byte[64 * 1024 * 1024]);
        assertGivenUp(TooLarge.class, output -> {
            write(output, HEAD + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n");
            output.write(bomb);
            output.flush();
        });
    }

    @Test
    void compressedAnswersAreUnpacked() throws IOException {
        byte[] packed = gzip("{\"type\":\"Note\"}".getBytes(StandardCharsets.UTF_8));
        int port = servers.raw("127.0.0.1", output -> {
            write(output, HEAD + "Content-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n");
            output.write(packed);
            output.flush();
        }).port();
        assertEquals("{\"type\":\"Note\"}", fetch(port).text());
    }

    @Test
    void encodingsWeDidNotAskForAreRefused() {
        assertGivenUp(WrongType.class, output -> write(output, HEAD + "Content-Encoding: br\r\nContent-Length: 1\r\n\r\nx"));
    }

    @Test
    void brokenAnswersAreRefused() {
        assertGivenUp(Unreachable.class, output -> write(output, "SSH-2.0-OpenSSH_9.9\r\n"));
        assertGivenUp(Unreachable.class, output -> write(output, HEAD + "Content-Length: 100\r\n\r\nonly this"));
        assertGivenUp(Unreachable.class, output -> { });
        assertGivenUp(Unreachable.class,
                output -> write(output, HEAD + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"));
    }

    /** The one that waits has little time; for the others that would mean that a busy machine is enough to fail. */
    private void assertGivenUpInTime(LoopbackServers.RawHandler handler) {
        client.close();
        client = client(SETTINGS.withTimeouts(Duration.ofMillis(500), Duration.ofMillis(1500)));
        assertGivenUp(Unreachable.class, handler);
    }

    private void assertGivenUp(Class<? extends FetchException> expected, LoopbackServers.RawHandler handler) {
        assertThrows(expected, () -> fetch(servers.raw("127.0.0.1", handler).port()));
        assertEquals(0, client.rememberedHosts());
    }

    private FetchResponse fetch(int port) {
        return client.get(ObjectUri.parse("http://pod.example:" + port), FetchOptions.activity());
    }

    private static void drip(OutputStream output, String drop) throws IOException, InterruptedException {
        while (true) {
            write(output, drop);
            Thread.sleep(100);
        }
    }

    private static void write(OutputStream output, String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.US_ASCII));
        output.flush();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }
}
