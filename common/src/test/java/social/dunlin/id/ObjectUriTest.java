package social.dunlin.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectUriTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "https://bsky.brid.gy/convert/ap/at://did:plc:abc/app.bsky.feed.post/3k",
        "https://example.org/a/../b//c/./d",
        "https://example.org/%7Euser/%e3%81%82?b=2&a=1#main-key",
        "https://Example.org/Ünïcode",
        "https://blog.example/?author=1",
    })
    void theExactSpellingIsKept(String id) {
        assertEquals(id, ObjectUri.parse(id).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "example.org/a", "//example.org/a", "ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)",
        "https:/example.org/", "https:example.org", "https://", "https:///a", "https://user@example.org/",
        "https://example.org@evil.example/", "https://example.org\\@evil.example/", "https://example.org /a",
        "https://example.org/a b", "https://example.org/a\r\nHost: evil", "https://example.org/\u202Ea",
        "https://example.org/\"onclick", "https://2130706433/a", "https://exa_mple.org/a", "https://example.org:0/a",
        "https://example.org:80/", "http://example.org:443/", "https://example.org./", "bear:?u=https://example.org",
    })
    void hostileInput31_whatIsNoAddressIsRefused(String text) {
        assertTrue(ObjectUri.tryParse(text).isEmpty(), text);
    }

    @Test
    void idsAreAtMost2048CharactersLong() {
        String longest = "https://example.org/" + "a".repeat(2028);
        assertTrue(ObjectUri.tryParse(longest).isPresent());
        assertTrue(ObjectUri.tryParse(longest + "a").isEmpty());
        assertTrue(ObjectUri.tryParse(null).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "https://Example.org/a, example.org, 443, https://example.org, /a",
        "https://example.org:443/a?b#c, example.org, 443, https://example.org, /a?b",
        "http://localhost:80, localhost, 80, http://localhost, /",
        "http://localhost:8080?a, localhost:8080, 8080, http://localhost:8080, /?a",
        "https://пример.example/あ, xn--e1afmkfd.example, 443, https://xn--e1afmkfd.example, /%E3%81%82",
    })
    void partsAreCanonical(String id, String host, int port, String origin, String requestTarget) {
        ObjectUri uri = ObjectUri.parse(id);
        assertEquals(host, uri.host().value());
        assertEquals(port, uri.port());
        assertEquals(origin, uri.origin());
        assertEquals(requestTarget, uri.requestTarget());
    }

    @Test
    void originIsSchemeHostAndPort() {
        ObjectUri id = ObjectUri.parse("https://example.org/a");
        assertTrue(id.sameOrigin(ObjectUri.parse("https://EXAMPLE.org:443/b")));
        assertFalse(id.sameOrigin(ObjectUri.parse("http://example.org/a")));
        assertFalse(id.sameOrigin(ObjectUri.parse("https://example.org:8443/a")));
        assertFalse(id.sameOrigin(ObjectUri.parse("https://www.example.org/a")));
    }

    @Test
    void lengthIsCountedInBytes() {
        assertTrue(ObjectUri.tryParse("https://far.example/" + "a".repeat(2028)).isPresent());
        assertTrue(ObjectUri.tryParse("https://far.example/" + "a".repeat(2029)).isEmpty());
        assertTrue(ObjectUri.tryParse("https://far.example/" + "\u6f22".repeat(676)).isPresent());
        assertTrue(ObjectUri.tryParse("https://far.example/" + "\u6f22".repeat(677)).isEmpty());
    }
}
