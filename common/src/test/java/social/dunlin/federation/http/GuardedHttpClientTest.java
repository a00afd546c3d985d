package social.dunlin.federation.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.federation.http.FetchException.BadStatus;
import social.dunlin.federation.http.FetchException.BudgetExhausted;
import social.dunlin.federation.http.FetchException.Refused;
import social.dunlin.federation.http.FetchException.Unreachable;
import social.dunlin.federation.http.FetchException.WrongType;
import social.dunlin.federation.signature.CavageSigner;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.KeyLookup;
import social.dunlin.federation.signature.Keys;
import social.dunlin.federation.signature.MessageSigner;
import social.dunlin.federation.signature.RequestSigner;
import social.dunlin.federation.signature.SignatureVerifier;
import social.dunlin.federation.signature.SignedRequest;
import social.dunlin.federation.signature.VerificationOutcome;
import social.dunlin.id.ObjectUri;

class GuardedHttpClientTest {
    private static final byte[] DOCUMENT = "{\"type\":\"Note\"}".getBytes(StandardCharsets.UTF_8);
    private static final HttpClientSettings LOOPBACK = HttpClientSettings.defaults("Dunlin/test (+https://here.example/)")
            .withPrivateAddresses(List.of(Cidr.parse("127.0.0.0/8")), true);
    private static final RequestSigner UNSIGNED = request -> List.of();

    private static Vertx vertx;

    private final LoopbackServers servers = new LoopbackServers();
    private final Names names = new Names();
    private final List<GuardedHttpClient> clients = new ArrayList<>();

    /** A resolver that knows what the test tells it; each answer of a list is given once, the last one for ever. */
    private static final class Names implements AddressResolver {
        private final Map<String, List<List<String>>> answers = new ConcurrentHashMap<>();
        private final AtomicInteger asked = new AtomicInteger();

        @SafeVarargs
        final void put(String name, List<String>... inTurn) {
            answers.put(name, new ArrayList<>(List.of(inTurn)));
        }

        @Override
        public synchronized List<InetAddress> resolve(String name) throws UnknownHostException {
            asked.incrementAndGet();
            List<List<String>> inTurn = answers.get(name);
            if (inTurn == null) {
                throw new UnknownHostException(name);
            }
            List<String> answer = inTurn.size() > 1 ? inTurn.removeFirst() : inTurn.getFirst();
            return answer.stream().map(InetAddress::ofLiteral).toList();
        }
    }

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @AfterEach
    void closeAll() throws Exception {
        clients.forEach(GuardedHttpClient::close);
        servers.close();
    }

    @Test
    void aDocumentIsFetchedUnderItsName() throws IOException {
        List<String> seen = new ArrayList<>();
        int port = servers.http("127.0.0.1", exchange -> {
            for (String name : List.of("Host", "User-Agent", "Accept")) {
                seen.add(exchange.getRequestHeaders().getFirst(name));
            }
            seen.add(exchange.getRequestURI().toString());
            LoopbackServers.answer(exchange, 200, "application/activity+json; charset=utf-8", DOCUMENT);
        });
        names.put("pod.example", List.of("127.0.0.1"));
        ObjectUri uri = ObjectUri.parse("http://pod.example:" + port + "/a//b/%7E?x=1#main-key");
        FetchResponse response = client(LOOPBACK).get(uri, FetchOptions.activity());
        assertArrayEquals(DOCUMENT, response.body());
        assertEquals(uri.withoutFragment(), response.uri());
        assertEquals(List.of("pod.example:" + port, "Dunlin/test (+https://here.example/)", MediaTypes.ACCEPT_ACTIVITY,
                "/a//b/%7E?x=1"), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "100.64.0.1", "127.0.0.1", "169.254.169.254", "192.0.0.1", "192.88.99.1", "198.18.0.1",
        "240.0.0.1", "255.255.255.255", "::1", "fc00::1", "fe80::1", "ff02::1", "100::1", "2001:db8::1", "3fff::1",
        "::127.0.0.1", "::a00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe"})
    void hostileInput01And02And05And08_specialAddressesAreRefusedBeforeAnySocketIsOpened(String address) throws IOException {
        LoopbackServers.Raw server = servers.raw("127.0.0.1", output -> { });
        names.put("inside.example", List.of(address));
        ObjectUri uri = ObjectUri.parse("https://inside.example:" + server.port() + "/");
        GuardedHttpClient client = client(HttpClientSettings.defaults("test"));
        assertThrows(Refused.class, () -> client.get(uri, FetchOptions.activity()));
        assertThrows(Refused.class, () -> client.get(uri, FetchOptions.json()));
        assertThrows(Refused.class, () -> client.post(uri, List.of(), DOCUMENT, UNSIGNED));
        assertEquals(0, server.connections().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/meta-data/"})
    void hostileInput16_addressesInsteadOfNamesAreCheckedAsWell(String uri) {
        GuardedHttpClient client = client(HttpClientSettings.defaults("test"));
        assertThrows(Refused.class, () -> client.get(ObjectUri.parse(uri), FetchOptions.activity()));
        assertEquals(0, names.asked.get());
    }

    @Test
    void hostileInput04_theConnectionGoesToTheAddressThatWasChecked() throws IOException {
        int port = servers.http("127.0.0.2", GuardedHttpClientTest::answerDocument);
        LoopbackServers.Raw inside = servers.raw("127.0.0.3", output -> { });
        names.put("rebinding.example", List.of("127.0.0.2"), List.of("127.0.0.3"));
        GuardedHttpClient client = client(LOOPBACK.withPrivateAddresses(List.of(Cidr.parse("127.0.0.2/32")), true));

        FetchResponse response = client.get(ObjectUri.parse("http://rebinding.example:" + port), FetchOptions.activity());
        assertArrayEquals(DOCUMENT, response.body());
        assertEquals(1, names.asked.get());

        ObjectUri second = ObjectUri.parse("http://rebinding.example:" + inside.port());
        assertThrows(Refused.class, () -> client.get(second, FetchOptions.activity()));
        assertEquals(0, inside.connections().get());
    }

    @Test
    void hostileInput05_oneForbiddenAddressAmongAllowedOnesIsEnough() throws IOException {
        LoopbackServers.Raw server = servers.raw("127.0.0.1", output -> { });
        names.put("mixed.example", List.of("127.0.0.1", "0.0.0.0"));
        assertThrows(Refused.class, () -> get("http://mixed.example:" + server.port()));
        assertEquals(0, server.connections().get());
    }

    @Test
    void theNextAddressIsTriedWhenOneDoesNotListen() throws IOException {
        int port = servers.http("127.0.0.2", GuardedHttpClientTest::answerDocument);
        names.put("pod.example", List.of("127.0.0.9", "127.0.0.2"));
        assertArrayEquals(DOCUMENT, get("http://pod.example:" + port).body());
    }

    @Test
    void unencryptedAddressesAreFetchedOnlyFromOpenedBlocks() throws IOException {
        LoopbackServers.Raw server = servers.raw("127.0.0.1", output -> { });
        names.put("pod.example", List.of("93.184.216.34"));
        names.put("local.example", List.of("127.0.0.1"));
        assertThrows(Refused.class, () -> get("http://pod.example/"));
        HttpClientSettings onlyHttps = LOOPBACK.withPrivateAddresses(LOOPBACK.allowedPrivateAddresses(), false);
        assertThrows(Refused.class, () -> client(onlyHttps)
                .get(ObjectUri.parse("http://local.example:" + server.port()), FetchOptions.activity()));
        assertEquals(0, server.connections().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/", "https://169.254.169.254/", "file:///etc/passwd", "gopher://pod.example/",
        "javascript:alert(1)", "http://public.example/", "https://public.example:8443/", "//169.254.169.254/",
        "https://user@public.example/", "https://[::127.0.0.1]/", "https://2130706433/"})
    void hostileInput07And10_everyHopIsCheckedAgain(String location) throws IOException {
        names.put("pod.example", List.of("127.0.0.1"));
        names.put("public.example", List.of("93.184.216.34"));
        int port = servers.http("127.0.0.1", exchange -> LoopbackServers.redirect(exchange, location));
        assertThrows(Refused.class, () -> get("http://pod.example:" + port + "/.well-known/webfinger"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30})
    void hostileInput07And11_redirectsAreFollowedThreeTimesAtMostAndNeverInCircles(int circle) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        names.put("pod.example", List.of("127.0.0.1"));
        int port = servers.http("127.0.0.1", exchange -> {
            int number = requests.incrementAndGet();
            LoopbackServers.redirect(exchange, "/" + number % circle);
        });
        assertThrows(Refused.class, () -> get("http://pod.example:" + port + "/0"));
        assertEquals(Math.min(circle, 4), requests.get());
    }

    @Test
    void hostileInput10_theSignatureIsMadeAnewForEachHost() throws IOException {
        KeyPair pair = Keys.generateRsa();
        ConcurrentLinkedQueue<VerificationOutcome> outcomes = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> signatures = new ConcurrentLinkedQueue<>();
        names.put("first.example", List.of("127.0.0.1"));
        names.put("second.example", List.of("127.0.0.1"));
        int port = servers.http("127.0.0.1", exchange -> {
            signatures.add(exchange.getRequestHeaders().getFirst("Signature"));
            outcomes.add(verify(exchange, new byte[0], pair));
            if (exchange.getRequestURI().getPath().equals("/a")) {
                LoopbackServers.redirect(exchange, "http://second.example:" + exchange.getLocalAddress().getPort() + "/b");
            } else {
                answerDocument(exchange);
            }
        });
        FetchResponse response = client(LOOPBACK).get(ObjectUri.parse("http://first.example:" + port + "/a"),
                FetchOptions.activity().signedBy(new CavageSigner("https://here.example/actor#main-key", pair.getPrivate(),
                        Clock.systemUTC())));
        assertEquals(2, outcomes.size());
        outcomes.forEach(outcome -> assertInstanceOf(VerificationOutcome.Verified.class, outcome, outcome.toString()));
        assertEquals(2, signatures.stream().distinct().count());
        assertEquals("http://second.example:" + port + "/b", response.uri().value());
    }

    @Test
    void hostileInput10_aSignerMayDeclineAHost() throws IOException {
        ConcurrentLinkedQueue<Optional<String>> signatures = new ConcurrentLinkedQueue<>();
        names.put("first.example", List.of("127.0.0.1"));
        names.put("second.example", List.of("127.0.0.1"));
        int port = servers.http("127.0.0.1", exchange -> {
            signatures.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Signature")));
            if (exchange.getRequestURI().getPath().equals("/a")) {
                LoopbackServers.redirect(exchange, "http://second.example:" + exchange.getLocalAddress().getPort() + "/b");
            } else {
                answerDocument(exchange);
            }
        });
        RequestSigner onlyFirst = request -> request.hostHeader().startsWith("first.")
                ? List.of(new Header("Signature", "secret")) : List.of();
        client(LOOPBACK).get(ObjectUri.parse("http://first.example:" + port + "/a"),
                FetchOptions.activity().signedBy(onlyFirst));
        assertEquals(List.of(Optional.of("secret"), Optional.empty()), List.copyOf(signatures));
    }

    @Test
    void hostileInput17_ourOwnHostsAreNeverFetched() throws IOException {
        LoopbackServers.Raw server = servers.raw("127.0.0.1", output -> { });
        names.put("here.example", List.of("127.0.0.1"));
        names.put("pod.example", List.of("127.0.0.1"));
        assertThrows(Refused.class, () -> get("http://here.example:" + server.port()));
        int port = servers.http("127.0.0.1", exchange -> LoopbackServers.redirect(exchange, "https://HERE.example/proxy/x"));
        assertThrows(Refused.class, () -> get("http://pod.example:" + port));
        assertThrows(Refused.class, () -> client(LOOPBACK)
                .post(ObjectUri.parse("https://here.example/inbox"), List.of(), DOCUMENT, UNSIGNED));
        assertEquals(0, server.connections().get());
    }

    @Test
    void hostileInput19_theAnswerNamesTheAddressItCameFrom() throws IOException {
        names.put("victim.example", List.of("127.0.0.1"));
        names.put("evil.example", List.of("127.0.0.1"));
        int port = servers.http("127.0.0.1", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/x")) {
                LoopbackServers.redirect(exchange, "http://evil.example:" + exchange.getLocalAddress().getPort() + "/y");
            } else {
                answerDocument(exchange);
            }
        });
        assertEquals("http://evil.example:" + port + "/y", get("http://victim.example:" + port + "/x").uri().value());
    }

    @Test
    void plainJsonIsNoActivity() throws IOException {
        names.put("pod.example", List.of("127.0.0.1"));
        for (String type : List.of("application/json", "text/html", "", "application/ld+json",
                "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams.evil\"")) {
            int port = servers.http("127.0.0.1", exchange -> LoopbackServers.answer(exchange, 200, type, DOCUMENT));
            assertThrows(WrongType.class, () -> get("http://pod.example:" + port));
        }
        int port = servers.http("127.0.0.1", exchange -> LoopbackServers.answer(exchange, 200,
                "application/ld+json; charset=utf-8; profile=\"https://www.w3.org/ns/activitystreams\"", DOCUMENT));
        assertArrayEquals(DOCUMENT, get("http://pod.example:" + port).body());
    }

    @Test
    void statusAndHeadersOfARefusalReachTheCaller() throws IOException {
        names.put("pod.example", List.of("127.0.0.1"));
        int port = servers.http("127.0.0.1", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "120");
            LoopbackServers.answer(exchange, 410, "text/html", new byte[0]);
        });
        BadStatus gone = assertThrows(BadStatus.class, () -> get("http://pod.example:" + port));
        assertTrue(gone.isGone());
        assertEquals(Optional.of("120"), gone.headers().first("retry-after"));
    }

    @Test
    void aDeliveryArrivesWithItsBodyAndAVerifiableSignature() throws IOException {
        KeyPair pair = Keys.generateRsa();
        ConcurrentLinkedQueue<VerificationOutcome> outcomes = new ConcurrentLinkedQueue<>();
        names.put("pod.example", List.of("127.0.0.1"));
        int port = servers.http("127.0.0.1", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            outcomes.add(verify(exchange, body, pair));
            LoopbackServers.answer(exchange, 202, "text/plain", body);
        });
        ObjectUri inbox = ObjectUri.parse("http://pod.example:" + port + "/inbox");
        String keyId = "https://here.example/users/alice#main-key";
        for (RequestSigner signer : List.of(new CavageSigner(keyId, pair.getPrivate(), Clock.systemUTC()),
                new MessageSigner(keyId, pair.getPrivate(), Clock.systemUTC()))) {
            FetchResponse response = client(LOOPBACK)
                    .post(inbox, List.of(new Header("Content-Type", MediaTypes.ACTIVITY_JSON)), DOCUMENT, signer);
            assertEquals(202, response.status());
            assertArrayEquals(DOCUMENT, response.body());
        }
        assertEquals(2, outcomes.size());
        outcomes.forEach(outcome -> assertInstanceOf(VerificationOutcome.Verified.class, outcome, outcome.toString()));
    }

    @Test
    void aDeliveryReportsAnyStatusAndFollowsNoRedirect() throws IOException {
        names.put("pod.example", List.of("127.0.0.1"));
        AtomicInteger requests = new AtomicInteger();
        int port = servers.http("127.0.0.1", exchange -> {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            LoopbackServers.redirect(exchange, "/elsewhere");
        });
        assertEquals(302, client(LOOPBACK)
                .post(ObjectUri.parse("http://pod.example:" + port), List.of(), DOCUMENT, UNSIGNED).status());
        assertEquals(1, requests.get());
    }

    @Test
    void connectionsAreKeptAlive() throws IOException {
        ConcurrentHashMap<Integer, Boolean> remotePorts = new ConcurrentHashMap<>();
        names.put("pod.example", List.of("127.0.0.1"));
        int port = servers.http("127.0.0.1", exchange -> {
            remotePorts.put(exchange.getRemoteAddress().getPort(), true);
            answerDocument(exchange);
        });
        // One place in the pool: a request waits for the connection on its way back instead of opening another.
        GuardedHttpClient client = client(LOOPBACK.withConcurrency(1, 8));
        for (int number = 0; number < 20; number++) {
            client.get(ObjectUri.parse("http://pod.example:" + port + "/" + number), FetchOptions.activity());
        }
        assertEquals(1, remotePorts.size());
    }

    @Test
    void aHostGetsNoMoreRequestsAtOnceThanSet() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore started = new Semaphore(0);
        Semaphore mayGoOn = new Semaphore(0);
        names.put("pod.example", List.of("127.0.0.1"));
        int port = servers.http("127.0.0.1", exchange -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            started.release();
            mayGoOn.acquireUninterruptibly();
            running.decrementAndGet();
            answerDocument(exchange);
        });
        GuardedHttpClient client = client(LOOPBACK.withConcurrency(2, 10));
        ObjectUri uri = ObjectUri.parse("http://pod.example:" + port);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var fetches = IntStream.range(0, 8)
                    .mapToObj(number -> threads.submit(() -> client.get(uri, FetchOptions.activity()))).toList();
            started.acquire(2);
            mayGoOn.release(8);
            for (var fetch : fetches) {
                assertArrayEquals(DOCUMENT, fetch.get().body());
            }
        }
        assertEquals(2, most.get());
    }

    @Test
    void hostileInput55_hostsChosenByAnAttackerLeaveNothingBehind() {
        GuardedHttpClient client = client(LOOPBACK);
        names.put("pod.example", List.of("10.0.0.1"));
        for (int port = 1; port < 2000; port++) {
            String uri = "http://" + (port % 2 == 0 ? "pod" : "h" + port) + ".example:" + (port == 443 ? 444 : port);
            assertThrows(FetchException.class, () -> client.get(ObjectUri.parse(uri), FetchOptions.activity()));
        }
        assertEquals(0, client.rememberedHosts());
    }

    @Test
    void hostileInput56_aBudgetEndsAllFetchingOfAnActivity() throws IOException {
        names.put("pod.example", List.of("127.0.0.1"));
        AtomicInteger requests = new AtomicInteger();
        int port = servers.http("127.0.0.1", exchange -> {
            requests.incrementAndGet();
            answerDocument(exchange);
        });
        GuardedHttpClient client = client(LOOPBACK);
        ObjectUri uri = ObjectUri.parse("http://pod.example:" + port);
        FetchBudget fetches = new FetchBudget(2, 1_000_000, Duration.ofMinutes(1));
        client.get(uri, FetchOptions.activity().within(fetches));
        client.get(uri, FetchOptions.activity().within(fetches));
        assertThrows(BudgetExhausted.class, () -> client.get(uri, FetchOptions.activity().within(fetches)));
        assertEquals(2, requests.get());

        FetchBudget bytes = new FetchBudget(100, DOCUMENT.length, Duration.ofMinutes(1));
        client.get(uri, FetchOptions.activity().within(bytes));
        assertThrows(BudgetExhausted.class, () -> client.get(uri, FetchOptions.activity().within(bytes)));
        FetchBudget time = new FetchBudget(100, 1_000_000, Duration.ZERO);
        assertThrows(BudgetExhausted.class, () -> client.get(uri, FetchOptions.activity().within(time)));
    }

    @Test
    void namesThatDoNotResolveAndPortsThatDoNotListenAreUnreachable() {
        names.put("pod.example", List.of("127.0.0.1"));
        assertThrows(Unreachable.class, () -> get("https://nowhere.example/"));
        assertThrows(Unreachable.class, () -> get("http://pod.example:1/"));
    }

    @Test
    void callsOnAnEventLoopAreAProgrammingError() {
        GuardedHttpClient client = client(LOOPBACK);
        var outcome = new CompletableFuture<FetchResponse>();
        vertx.runOnContext(ignored -> {
            try {
                outcome.complete(client.get(ObjectUri.parse("https://pod.example/"), FetchOptions.activity()));
            } catch (IllegalStateException expected) {
                outcome.completeExceptionally(expected);
            }
        });
        assertInstanceOf(IllegalStateException.class, assertThrows(ExecutionException.class, outcome::get).getCause());
    }

    @Test
    void encryptedConnectionsNeedATrustedCertificateOfThatName(@TempDir Path directory) throws Exception {
        Path keyStore = LoopbackServers.keyStore(directory, "pod.example");
        int port = servers.https("127.0.0.1", keyStore, GuardedHttpClientTest::answerDocument);
        names.put("pod.example", List.of("127.0.0.1"));
        names.put("other.example", List.of("127.0.0.1"));
        GuardedHttpClient trusting = client(LOOPBACK.withTrustedCertificates(directory.resolve("certificate.pem")));

        ObjectUri uri = ObjectUri.parse("https://pod.example:" + port + "/a");
        assertArrayEquals(DOCUMENT, trusting.get(uri, FetchOptions.activity()).body());
        assertThrows(Unreachable.class, () -> client(LOOPBACK).get(uri, FetchOptions.activity()));
        assertThrows(Unreachable.class, () -> trusting
                .get(ObjectUri.parse("https://other.example:" + port + "/a"), FetchOptions.activity()));
    }

    @Test
    void hostileInput07_encryptedAddressesDoNotRedirectToUnencryptedOnes(@TempDir Path directory) throws Exception {
        LoopbackServers.Raw plain = servers.raw("127.0.0.1", output -> { });
        int port = servers.https("127.0.0.1", LoopbackServers.keyStore(directory, "pod.example"),
                exchange -> LoopbackServers.redirect(exchange, "http://pod.example:" + plain.port() + "/"));
        names.put("pod.example", List.of("127.0.0.1"));
        GuardedHttpClient trusting = client(LOOPBACK.withTrustedCertificates(directory.resolve("certificate.pem")));
        assertThrows(Refused.class, () -> trusting
                .get(ObjectUri.parse("https://pod.example:" + port + "/a"), FetchOptions.activity()));
        assertEquals(0, plain.connections().get());
    }

    private FetchResponse get(String uri) {
        return client(LOOPBACK).get(ObjectUri.parse(uri), FetchOptions.activity());
    }

    private GuardedHttpClient client(HttpClientSettings settings) {
        GuardedHttpClient client = new GuardedHttpClient(vertx, settings, names,
                host -> host.value().equals("here.example"));
        clients.add(client);
        return client;
    }

    private static void answerDocument(HttpExchange exchange) throws IOException {
        LoopbackServers.answer(exchange, 200, MediaTypes.ACTIVITY_JSON, DOCUMENT);
    }

    private static VerificationOutcome verify(HttpExchange exchange, byte[] body, KeyPair pair) {
        List<Header> headers = new ArrayList<>();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.add(new Header(name, value))));
        String host = exchange.getRequestHeaders().getFirst("Host");
        ObjectUri target = ObjectUri.parse("http://" + host + exchange.getRequestURI());
        KeyLookup.Found found = new KeyLookup.Found(pair.getPublic(), "https://here.example/actor");
        return new SignatureVerifier(target.host()::equals).verify(
                new SignedRequest(exchange.getRequestMethod(), target, headers, body), new KeyLookup() {
                    @Override
                    public Answer find(String keyId) {
                        return found;
                    }

                    @Override
                    public Answer refresh(String keyId) {
                        return found;
                    }
                }, Clock.systemUTC());
    }
}
