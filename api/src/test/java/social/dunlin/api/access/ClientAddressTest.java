package social.dunlin.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import social.dunlin.testing.TestConfiguration;

class ClientAddressTest {
    private final ClientAddress addresses = new ClientAddress(TestConfiguration.of(Map.of("dunlin.http.trusted-proxies", "10.0.0.0/8,fd00::/8")));

    @Test
    void strangerIsWhoItIsWhateverItClaims() {
        assertEquals("192.0.2.1", addresses.of("192.0.2.1", List.of("198.51.100.7")));
        assertEquals("192.0.2.1", addresses.of("192.0.2.1", List.of()));
    }

    @Test
    void proxySaysWhoAsks() {
        assertEquals("198.51.100.7", addresses.of("10.1.2.3", List.of("198.51.100.7")));
        assertEquals("2001:db8:0:0:0:0:0:7", addresses.of("fd00:0:0:0:0:0:0:1", List.of("2001:db8::7")));
        assertEquals("10.1.2.3", addresses.of("10.1.2.3", List.of()), "the proxy itself, such as its health check");
    }

    @Test
    void onlyWhatOurOwnProxiesAppendedIsBelieved() {
        assertEquals("198.51.100.7", addresses.of("10.1.2.3", List.of("203.0.113.1, 198.51.100.7")));
        assertEquals("198.51.100.7", addresses.of("10.1.2.3", List.of("203.0.113.1", "198.51.100.7, 10.9.9.9")));
        assertEquals("10.9.9.9", addresses.of("10.1.2.3", List.of("nonsense, 10.9.9.9")));
        assertEquals("10.1.2.3", addresses.of("10.1.2.3", List.of("", " , ", "localhost")));
    }
}
