package social.dunlin.activitypub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityJsonTest {
    private static void refused(String json) {
        refused(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(byte[] json) {
        MalformedDocument refusal = assertThrows(MalformedDocument.class, () -> ActivityJson.parse(json));
        assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"a\":{\"b\":["})
    void hostileInput58_nestingOf100000LevelsIsRefused(String level) {
        refused(level.repeat(100_000));
        refused("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"actor\":\"a\",\"actor\":\"secret\"}", "{\"o\":{\"id\":1,\"type\":2,\"id\":3}}",
            "{\"a\":[{\"x\":1,\"\\u0078\":2}]}"})
    void hostileInput58_duplicateMembersAreRefused(String json) {
        refused(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e999999999", "1e-999999999", "NaN", "Infinity", "0x10", "01", "+1", "1."})
    void hostileInput58_numbersOutOfRangeAreRefused(String number) {
        refused("{\"a\":[" + number + "]}");
    }

    @Test
    void hostileInput58_longNumbersAreRefused() {
        refused("{\"a\":" + "9".repeat(1_000_000) + "}");
        refused("{\"a\":0." + "9".repeat(1_000) + "}");
        refused("9".repeat(10_000_000));
    }

    @Test
    void hostileInput58_hugeNumberOfMembersIsRefused() {
        refused(IntStream.range(0, 110_000).mapToObj(index -> "\"" + Integer.toString(index, 36) + "\":0")
                .collect(Collectors.joining(",", "{", "}")));
    }

    @Test
    void hostileInput58_longNameIsRefused() {
        refused("{\"" + "n".repeat(100_000) + "\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "IBM1047"})
    void hostileInput58_otherEncodingsAreRefused(String charset) {
        refused("{\"id\":\"a\"}".getBytes(Charset.forName(charset)));
    }

    @Test
    void hostileInput58_byteOrderMarkIsRefused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        bytes.write("{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8));
        refused(bytes.toByteArray());
    }

    @Test
    void hostileInput58_brokenUtf8IsRefused() {
        refused(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'});
    }

    @Test
    void documentOverOneMebibyteIsRefused() {
        refused("{\"a\":\"" + "x".repeat(1 << 20) + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "1", "\"secret\"", "{} {}", "{}x", "{'a':1}", "{a:1}", "{\"a\":1,}", "//c\n{}", "<html>"})
    void whatIsNoSingleObjectIsRefused(String text) {
        refused(text);
    }

    @Test
    void decimalsKeepTheirDigits() throws Exception {
        assertEquals("{\"a\":0.1234567890123456789012345}",
                ActivityJson.parseObject("{\"a\":0.1234567890123456789012345}".getBytes(StandardCharsets.UTF_8)).toString());
    }
}
