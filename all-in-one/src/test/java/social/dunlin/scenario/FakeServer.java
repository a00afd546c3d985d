package social.dunlin.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import social.dunlin.federation.signature.CavageSigner;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.Keys;
import social.dunlin.federation.signature.OutgoingRequest;
import social.dunlin.id.ObjectUri;

/**
 * A server of the fediverse that says whatever a test wants: actors with keys and WebFinger, documents, redirects,
 * and answers without end. It remembers what it was asked. Each port counts as a host of its own.
 */
final class FakeServer implements AutoCloseable {
    static final String ACTIVITY_JSON = "application/activity+json";
    private static final String HOST = "gamma.test";
    private static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

    private final HttpsServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    private FakeServer(HttpsServer server) {
        this.server = server;
    }

    /** What is written in answer to a request. */
    interface Answer {
        void write(HttpExchange exchange) throws IOException;
    }

    /** @param signature the Signature header, null without one */
    record Seen(String method, String target, String signature, String body) {
    }

    static FakeServer start() {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context()));
            FakeServer fake = new FakeServer(server);
            server.createContext("/", fake::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return fake;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static SSLContext context() {
        try (var input = Files.newInputStream(TestAuthority.get().keyStoreFor(HOST))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(input, TestAuthority.PASSWORD.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, TestAuthority.PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(new Seen(exchange.getRequestMethod(), target, exchange.getRequestHeaders().getFirst("Signature"), body));
        try (exchange) {
            answers.getOrDefault(target, answers.getOrDefault(exchange.getRequestURI().getPath(), FakeServer::unknown)).write(exchange);
        }
    }

    private static void unknown(HttpExchange exchange) throws IOException {
        int status = exchange.getRequestMethod().equals("POST") ? 202 : 404;
        exchange.sendResponseHeaders(status, -1);
    }

    /** HOST:PORT, as it stands in handles. */
    String domain() {
        return HOST + ":" + server.getAddress().getPort();
    }

    String base() {
        return "https://" + domain();
    }

    /** @param target path, with the query when only that one is meant */
    void on(String target, Answer answer) {
        answers.put(target, answer);
    }

    void serve(String path, JsonNode document) {
        on(path, json(document.toString()));
    }

    /** Serves a document at the path of its id. */
    void serve(ObjectNode document) {
        serve(document.get("id").asText().substring(base().length()), document);
    }

    static Answer json(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", ACTIVITY_JSON);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Answer redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    List<Seen> requests() {
        return List.copyOf(seen);
    }

    /** How often a path was asked for, whatever the query. */
    long requests(String path) {
        return seen.stream().filter(request -> request.target().equals(path) || request.target().startsWith(path + "?")).count();
    }

    /** A person with a key, a document and a WebFinger answer. */
    Person person(String name) {
        Person person = new Person(this, name, Keys.generateRsa());
        serve(person.document());
        finger(person.handle(), person.uri());
        return person;
    }

    /** Lets WebFinger say that this handle is that actor. */
    void finger(String handle, String actor) {
        ObjectNode jrd = Api.JSON.createObjectNode().put("subject", "acct:" + handle);
        jrd.putArray("links").addObject().put("rel", "self").put("type", ACTIVITY_JSON).put("href", actor);
        on(fingerTarget(handle), json(jrd.toString()));
    }

    /** What is asked of this server to find the actor of a handle. */
    static String fingerTarget(String handle) {
        return "/.well-known/webfinger?resource=" + URLEncoder.encode("acct:" + handle, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Somebody who lives on a fake server. */
    record Person(FakeServer home, String name, KeyPair keys) {
        String uri() {
            return home.base() + "/users/" + name;
        }

        String handle() {
            return name + "@" + home.domain();
        }

        String keyId() {
            return uri() + "#main-key";
        }

        ObjectNode document() {
            ObjectNode document = object(uri(), "Person").put("preferredUsername", name).put("name", name).put("inbox", uri() + "/inbox")
                .put("outbox", uri() + "/outbox").put("followers", uri() + "/followers").put("following", uri() + "/following");
            document.putObject("endpoints").put("sharedInbox", home.base() + "/inbox");
            document.putObject("publicKey").put("id", keyId()).put("owner", uri()).put("publicKeyPem", Keys.writePublicPem(keys.getPublic()));
            return document;
        }

        /** A note of this person to everybody, followers in cc. */
        ObjectNode note(String id, String content) {
            ObjectNode note = object(uri() + "/notes/" + id, "Note").put("attributedTo", uri()).put("content", content)
                .put("published", Instant.now().toString());
            note.putArray("to").add(PUBLIC);
            note.putArray("cc").add(uri() + "/followers");
            return note;
        }

        /** The same, addressed to these alone. */
        ObjectNode note(String id, String content, String... to) {
            ObjectNode note = note(id, content);
            note.putArray("cc");
            var addressed = note.putArray("to");
            for (String address : to) {
                addressed.add(address);
            }
            return note;
        }

        /** An activity of this person around an object, addressed as the object is. */
        ObjectNode activity(String type, ObjectNode object) {
            ObjectNode activity = object(uri() + "/activities/" + System.nanoTime(), type).put("actor", uri());
            activity.set("object", object);
            return activity.setAll(Map.of("to", object.withArray("to"), "cc", object.withArray("cc")));
        }

        ObjectNode activity(String type, String object) {
            ObjectNode activity = object(uri() + "/activities/" + System.nanoTime(), type).put("actor", uri()).put("object", object);
            activity.putArray("to").add(PUBLIC);
            return activity;
        }

        /** Delivers to the shared inbox, signed with this person's key. */
        Api.Answer send(Server to, JsonNode activity) {
            return send(to, activity.toString());
        }

        Api.Answer send(Server to, String body) {
            return Api.send(signed("POST", to.base() + "/inbox", body));
        }

        /** Asks for a document, signed with this person's key. */
        Api.Answer get(String url) {
            return Api.send(signed("GET", url, ""));
        }

        HttpRequest signed(String method, String url, String body) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Accept", ACTIVITY_JSON);
            signature(method, url, body).forEach(header -> request.header(header.name(), header.value()));
            return body.isEmpty() ? request.method(method, HttpRequest.BodyPublishers.noBody()).build()
                : request.header("Content-Type", ACTIVITY_JSON).method(method, HttpRequest.BodyPublishers.ofString(body)).build();
        }

        /** The headers that sign such a request. */
        List<Header> signature(String method, String url, String body) {
            return new CavageSigner(keyId(), keys.getPrivate(), Clock.systemUTC())
                .sign(new OutgoingRequest(method, ObjectUri.parse(url), body.getBytes(StandardCharsets.UTF_8)));
        }

        /** The same with everything signed but the body. */
        List<Header> signatureWithoutDigest(String method, String url) {
            Header date = signature(method, url, "").getFirst();
            ObjectUri uri = ObjectUri.parse(url);
            String message = "(request-target): %s %s\nhost: %s\ndate: %s".formatted(method.toLowerCase(Locale.ROOT), uri.requestTarget(),
                uri.host().value(), date.value());
            try {
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initSign(keys.getPrivate());
                signature.update(message.getBytes(StandardCharsets.UTF_8));
                return List.of(date, new Header("Signature", "keyId=\"%s\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date\",signature=\"%s\""
                    .formatted(keyId(), Base64.getEncoder().encodeToString(signature.sign()))));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private static ObjectNode object(String id, String type) {
            return Api.JSON.createObjectNode().put("@context", "https://www.w3.org/ns/activitystreams").put("id", id).put("type", type);
        }
    }
}
