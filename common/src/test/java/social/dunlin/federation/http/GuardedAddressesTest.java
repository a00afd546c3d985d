package social.dunlin.federation.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.federation.http.FetchException.Refused;
import social.dunlin.federation.http.FetchException.Unreachable;
import social.dunlin.id.ObjectUri;

/** Where the guarded client goes and where it does not: addresses, names, redirects, certificates. */
class GuardedAddressesTest extends GuardedHttpClientTests {
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
    void namesThatDoNotResolveAndPortsThatDoNotListenAreUnreachable() {
        names.put("pod.example", List.of("127.0.0.1"));
        assertThrows(Unreachable.class, () -> get("https://nowhere.example/"));
        assertThrows(Unreachable.class, () -> get("http://pod.example:1/"));
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
}
