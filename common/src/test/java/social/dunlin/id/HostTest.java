package social.dunlin.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {
    @ParameterizedTest
    @CsvSource({
        "Example.COM, example.com",
        "пример.example, xn--e1afmkfd.example",
        "ПРИМЕР.example, xn--e1afmkfd.example",
        "xn--E1AFMKFD.example, xn--e1afmkfd.example",
        "example.com:443, example.com",
        "example.com:8443, example.com:8443",
        "localhost:8080, localhost:8080",
        "127.0.0.1:8080, 127.0.0.1:8080",
        "[::1]:8080, [0:0:0:0:0:0:0:1]:8080",
        "3com.example, 3com.example",
    })
    void hostileInput37_everySpellingHasOneCanonicalForm(String spelling, String canonical) {
        assertEquals(canonical, Host.parse(spelling).value());
        assertEquals(Host.parse(spelling), new Host(canonical));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", ".", "example.com.", "example..com", ".example.com", "%65xample.com", "example.com%2f@evil",
        "user@example.com", "user:password@example.com", "exa_mple.com", "example\uFF0Ecom", "example\u3002com",
        "\uFF45xample.com", "example.com ", " example.com", "exam ple.com", "example.com\t", "example.com\n",
        "2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "127.0.0.256", "1.2.3.4.5", "example.123",
        "-example.com", "example-.com", "example.com/", "example.com#", "example.com\\", "stra\u00DFe.example",
        "example.com:", "example.com:0", "example.com:080", "example.com:65536", "example.com:+80", "a:b:c",
        "[::1", "[::1%eth0]", "[::ffff:127.0.0.1]", "[::1]x", "::1", "exa\u200Dmple.com", "a\u0000b.example",
    })
    void hostileInput37_whatCouldBeReadInTwoWaysIsRefused(String text) {
        assertEquals(Optional.empty(), Host.tryParse(text));
        assertThrows(IllegalArgumentException.class, () -> Host.parse(text));
    }

    @Test
    void overlongNamesAreRefused() {
        assertTrue(Host.tryParse("a".repeat(64) + ".example").isEmpty());
        assertTrue(Host.tryParse("a.".repeat(130) + "example").isEmpty());
        assertTrue(Host.tryParse("é".repeat(60) + ".example").isEmpty());
        assertTrue(Host.tryParse(null).isEmpty());
    }

    @Test
    void nameAndPortComeApart() {
        Host host = Host.parse("Pod.Example:8443");
        assertEquals("pod.example", host.name());
        assertEquals(OptionalInt.of(8443), host.port());
        assertEquals(Host.parse("pod.example"), host.withoutPort());
        assertEquals(OptionalInt.empty(), Host.parse("[::1]").port());
        assertEquals("127.0.0.1", Host.parse("127.0.0.1:1").addressLiteral().orElseThrow().getHostAddress());
        assertEquals(Optional.empty(), Host.parse("pod.example").addressLiteral());
    }

    @ParameterizedTest
    @CsvSource({"a.evil.example, evil.example", "b.a.evil.example:8443, evil.example", "evil.example, evil.example", "x.shop.co.uk, shop.co.uk",
        "co.uk, co.uk", "localhost:8080, localhost:8080", "192.0.2.1:99, 192.0.2.1:99", "social.village.eu, village.eu"})
    void siteIsTheNameThatCostMoney(String host, String site) {
        assertEquals(site, Host.parse(host).site());
    }
}
