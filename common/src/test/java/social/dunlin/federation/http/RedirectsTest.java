package social.dunlin.federation.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.dunlin.id.ObjectUri;

class RedirectsTest {
    private static final ObjectUri FROM = ObjectUri.parse("https://pod.example:8443/users/alice?page=1");

    @ParameterizedTest
    @CsvSource({
        "https://other.example/a, https://other.example/a",
        "//other.example/a, https://other.example/a",
        "/a/b, https://pod.example:8443/a/b",
        "bob, https://pod.example:8443/users/bob",
        "?page=2, https://pod.example:8443/users/alice?page=2",
        "/a#fragment, https://pod.example:8443/a",
        "../x, https://pod.example:8443/users/../x",
    })
    void locationsAreReadAgainstTheAddressTheyComeFrom(String location, String target) {
        assertEquals(Optional.of(ObjectUri.parse(target)), Redirects.resolve(FROM, location));
    }

    @Test
    void hostileInput07_locationsThatAreNoWebAddressGiveNothing() {
        for (String location : new String[] {"file:///etc/passwd", "data:text/plain,x", "https:", "//", "/a b", "https://\\evil",
            "jar:https://pod.example!/x", "/a\nb"}) {
            assertEquals(Optional.empty(), Redirects.resolve(FROM, location), location);
        }
    }
}
