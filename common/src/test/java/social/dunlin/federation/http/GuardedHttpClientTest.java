package social.dunlin.federation.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import social.dunlin.federation.http.FetchException.BadStatus;
import social.dunlin.federation.http.FetchException.BudgetExhausted;
import social.dunlin.federation.http.FetchException.WrongType;
import social.dunlin.federation.signature.CavageSigner;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.Keys;
import social.dunlin.federation.signature.MessageSigner;
import social.dunlin.federation.signature.RequestSigner;
import social.dunlin.federation.signature.VerificationOutcome;
import social.dunlin.id.ObjectUri;

/** What is sent and what comes back: documents, signatures, deliveries, bounds. */
class GuardedHttpClientTest extends GuardedHttpClientTests {
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
    void callsOnAnEventLoopAreAProgrammingError() {
        GuardedHttpClient client = client(LOOPBACK);
        var outcome = new CompletableFuture<FetchResponse>();
        VERTX.runOnContext(ignored -> {
            try {
                outcome.complete(client.get(ObjectUri.parse("https://pod.example/"), FetchOptions.activity()));
            } catch (IllegalStateException expected) {
                outcome.completeExceptionally(expected);
            }
        });
        assertInstanceOf(IllegalStateException.class, assertThrows(ExecutionException.class, outcome::get).getCause());
    }
}
