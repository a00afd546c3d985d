package social.dunlin.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusLengthTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "e\u0301", "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66",
            "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08", "\uD83C\uDDE9\uD83C\uDDEA", "\uD83D\uDC4D\uD83C\uDFFD", "각",
            "\u1100\u1161\u11A8", "1\uFE0F\u20E3", "\r\n"})
    void oneGraphemeCountsOne(String grapheme) {
        assertEquals(1, StatusLength.of(grapheme));
        assertEquals(3, StatusLength.of(grapheme + "x" + grapheme));
    }

    @Test
    void twoFlagsAreTwo() {
        assertEquals(2, StatusLength.of("\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB\uD83C\uDDF7"));
    }

    @Test
    void addressCounts23HoweverLong() {
        assertEquals(4 + 23 + 1, StatusLength.of("see http://example.org/" + "a".repeat(500) + " "));
        assertEquals(23, StatusLength.of("http://a.b"));
        assertEquals(11, StatusLength.of("example.org"));
    }

    @Test
    void mentionCountsWithoutItsHost() {
        assertEquals(6 + 3, StatusLength.of("@alice@remote.example:8443 hi"));
    }

    @Test
    void contentWarningCountsAsWritten() {
        assertEquals("http://example.org/long".length() + 4, StatusLength.of("http://example.org/long", "text"));
        assertEquals(4, StatusLength.of(null, "text"));
    }
}
