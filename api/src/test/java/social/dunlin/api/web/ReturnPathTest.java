package social.dunlin.api.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/\t/evil.example",
        "/a\r\nSet-Cookie: x=y", "", "evil.example"})
    void nobodyIsSentElsewhereAfterLogIn(String wanted) {
        assertEquals("/", ReturnPath.of(Optional.of(wanted)));
    }

    @Test
    void ownPathsAreKept() {
        assertEquals("/oauth/authorize?client_id=1&scope=read+write", ReturnPath.of(Optional.of("/oauth/authorize?client_id=1&scope=read+write")));
        assertEquals("/", ReturnPath.of(Optional.empty()));
    }
}
