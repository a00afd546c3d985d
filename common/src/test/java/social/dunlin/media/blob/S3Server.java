package social.dunlin.media.blob;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.federation.http.ServiceHttpClient;
import social.dunlin.testing.TestConfiguration;

/**
 * A store that speaks S3, as a process of its own: s3rver from npm, which {@code ./dunlin test} installs, storing as
 * {@code s3.mjs} has it. It believes every signature (what they are to be is held to Amazon's examples), and makes tokens
 * with a cipher that Node calls old.
 */
public final class S3Server implements AutoCloseable {
    private static final Path CLIENTS = Path.of("..", "all-in-one", "src", "test", "clients").toAbsolutePath();
    private static final Pattern READY = Pattern.compile("listening on .*?:(\\d+)");

    private final Process process;
    private final int port;
    private final ServiceHttpClient client;

    private S3Server(Process process, int port, Vertx vertx) {
        this.process = process;
        this.port = port;
        this.client = new ServiceHttpClient(vertx, "Dunlin/test", Optional.empty(), 8);
    }

    public static S3Server start(Path folder, Vertx vertx) throws IOException {
        if (Files.notExists(CLIENTS.resolve("node_modules/s3rver"))) {
            throw new IllegalStateException("s3rver is missing: './dunlin test' installs it, or 'npm ci' in all-in-one/src/test/clients");
        }
        Process process = new ProcessBuilder("node", "--openssl-legacy-provider", CLIENTS.resolve("s3.mjs").toString(), folder.toString())
            .redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                Thread.ofVirtual().start(() -> output.lines().forEach(said -> { }));
                return new S3Server(process, Integer.parseInt(ready.group(1)), vertx);
            }
        }
        throw new IllegalStateException("s3rver did not start");
    }

    /** What is to be set to use it, in the form of the environment. */
    public Map<String, String> settings() {
        return Map.of("DUNLIN_S3_ENDPOINT", "http://127.0.0.1:" + port, "DUNLIN_S3_BUCKET", "media", "DUNLIN_S3_ACCESS_KEY", "S3RVER",
            "DUNLIN_S3_SECRET_KEY", "S3RVER", "DUNLIN_S3_PREFIX", "dunlin/test");
    }

    public S3BlobStore store(Map<String, String> more) {
        Map<String, String> properties = new TreeMap<>();
        settings().forEach((name, value) -> properties.put(name.toLowerCase(java.util.Locale.ROOT).replaceFirst("_", ".").replaceFirst("_", ".").replace('_', '-'), value));
        properties.putAll(more);
        DunlinConfiguration configuration = TestConfiguration.of(properties);
        return new S3BlobStore(S3Settings.of(configuration.s3()), client, Clock.systemUTC());
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly();
    }
}
