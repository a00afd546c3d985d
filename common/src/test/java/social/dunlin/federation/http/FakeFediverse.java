package social.dunlin.federation.http;

import com.sun.net.httpserver.HttpExchange;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import social.dunlin.id.Host;

/**
 * Other servers for tests: real HTTPS on this machine, several names behind one port. Documents are set by address;
 * WebFinger answers for whoever was said to live there. Everything asked and posted is written down.
 */
public final class FakeFediverse implements AutoCloseable {
    private static final String[] NAMES = {"far.example", "other.example", "evil.example", "victim.example"};

    /** What a server answers. */
    public record Answer(int status, String contentType, String body, Map<String, String> headers) {
        public static Answer activity(String body) {
            return new Answer(200, "application/activity+json", body, Map.of());
        }

        public static Answer status(int status) {
            return new Answer(status, "text/plain", "", Map.of());
        }

        public static Answer redirect(String location) {
            return new Answer(302, "text/plain", "", Map.of("Location", location));
        }
    }

    /** A request that came; empty bytes for a GET. */
    public record Request(String method, String url, Map<String, List<String>> headers, byte[] bytes) {
        public String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** The only value of a header line; names in the form {@code Content-encoding}. */
        public String header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst().orElse("");
        }
    }

    private final LoopbackServers servers = new LoopbackServers();
    private final Map<String, Function<Request, Answer>> answers = new ConcurrentHashMap<>();
    private final Map<String, String> endless = new ConcurrentHashMap<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Path certificate;
    private final int port;

    public FakeFediverse() {
        try {
            Path directory = Files.createTempDirectory("fediverse");
            Path keys = LoopbackServers.keyStore(directory, NAMES);
            certificate = directory.resolve("certificate.pem");
            port = servers.https("127.0.0.1", keys, this::handle);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A client that finds these servers and nobody else. */
    public GuardedHttpClient client(Vertx vertx, Predicate<Host> isOwnHost) {
        HttpClientSettings settings = HttpClientSettings.defaults("Dunlin/test").withPrivateAddresses(List.of(Cidr.parse("127.0.0.0/8")), false)
            .withTrustedCertificates(certificate).withTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(60));
        return new GuardedHttpClient(vertx, settings, name -> List.of(InetAddress.ofLiteral("127.0.0.1")), isOwnHost);
    }

    /** {@code far} becomes {@code far.example:PORT}. */
    public String host(String name) {
        return name + ".example:" + port;
    }

    /** {@code https://far.example:PORT/path}. */
    public String url(String name, String path) {
        return "https://" + host(name) + path;
    }

    public void answer(String url, Function<Request, Answer> answer) {
        answers.put(url, answer);
    }

    public void serve(String url, String document) {
        answer(url, request -> Answer.activity(document));
    }

    /** Serves these very bytes. */
    public void file(String url, String contentType, byte[] bytes) {
        answer(url, request -> new Answer(200, contentType, "", Map.of()));
        files.put(url, bytes);
    }

    /** Sends zeros for as long as somebody takes them. */
    public void endless(String url, String contentType) {
        endless.put(url, contentType);
    }

    /** Says by WebFinger that the handle belongs to the actor. */
    public void finger(String name, String username, String actorUri) {
        String handle = username + "@" + host(name);
        answer(url(name, "/.well-known/webfinger?resource=acct%3A" + username + "%40" + name + ".example%3A" + port),
            request -> new Answer(200, "application/jrd+json", """
                {"subject": "acct:%s", "links": [{"rel": "self", "type": "application/activity+json", "href": "%s"}]}"""
                .formatted(handle, actorUri), Map.of()));
    }

    /** How often an address was asked. */
    public long count(String url) {
        return requests.stream().filter(request -> request.url().equals(url)).count();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public void forgetRequests() {
        requests.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String url = "https://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI();
        Request request = new Request(exchange.getRequestMethod(), url, Map.copyOf(exchange.getRequestHeaders()),
            exchange.getRequestBody().readAllBytes());
        requests.add(request);
        if (endless.containsKey(url)) {
            exchange.getResponseHeaders().set("Content-Type", endless.get(url));
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[16 * 1024]);
            }
        }
        Answer answer = answers.getOrDefault(url, missing -> Answer.status(404)).apply(request);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        LoopbackServers.answer(exchange, answer.status(), answer.contentType(), files.getOrDefault(url, answer.body().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        try {
            servers.close();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
