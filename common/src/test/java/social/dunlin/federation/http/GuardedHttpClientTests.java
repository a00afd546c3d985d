package social.dunlin.federation.http;

import com.sun.net.httpserver.HttpExchange;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.KeyLookup;
import social.dunlin.federation.signature.RequestSigner;
import social.dunlin.federation.signature.SignatureVerifier;
import social.dunlin.federation.signature.SignedRequest;
import social.dunlin.federation.signature.VerificationOutcome;
import social.dunlin.id.ObjectUri;

/** What tests of the guarded client have in common: servers on this machine, and a resolver that knows what the test tells it. */
abstract class GuardedHttpClientTests {
    static final byte[] DOCUMENT = "{\"type\":\"Note\"}".getBytes(StandardCharsets.UTF_8);
    static final HttpClientSettings LOOPBACK = HttpClientSettings.defaults("Dunlin/test (+https://here.example/)")
            .withPrivateAddresses(List.of(Cidr.parse("127.0.0.0/8")), true);
    static final RequestSigner UNSIGNED = request -> List.of();
    /** Of all classes, which run side by side; it ends with the process. */
    static final Vertx VERTX = Vertx.vertx();
    final LoopbackServers servers = new LoopbackServers();
    final Names names = new Names();
    final List<GuardedHttpClient> clients = new ArrayList<>();

    /** A resolver that knows what the test tells it; each answer of a list is given once, the last one for ever. */
    static final class Names implements AddressResolver {
        private final Map<String, List<List<String>>> answers = new ConcurrentHashMap<>();
        final AtomicInteger asked = new AtomicInteger();

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

    @AfterEach
    void closeAll() throws Exception {
        clients.forEach(GuardedHttpClient::close);
        servers.close();
    }

    FetchResponse get(String uri) {
        return client(LOOPBACK).get(ObjectUri.parse(uri), FetchOptions.activity());
    }

    GuardedHttpClient client(HttpClientSettings settings) {
        GuardedHttpClient client = new GuardedHttpClient(VERTX, settings, names,
                host -> host.value().equals("here.example"));
        clients.add(client);
        return client;
    }

    static void answerDocument(HttpExchange exchange) throws IOException {
        LoopbackServers.answer(exchange, 200, MediaTypes.ACTIVITY_JSON, DOCUMENT);
    }

    static VerificationOutcome verify(HttpExchange exchange, byte[] body, KeyPair pair) {
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
