package social.dunlin.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B; its eight digits end with the six. */
    @ParameterizedTest
    @CsvSource({"59, 287082", "1111111109, 081804", "1111111111, 050471", "1234567890, 005924", "2000000000, 279037", "20000000000, 353130"})
    void codesAreThoseOfTheStandard(long time, String code) {
        assertEquals(code, Totp.code(SECRET, Totp.stepAt(Instant.ofEpochSecond(time))));
    }

    @Test
    void clocksMayDifferByOneStep() {
        Instant now = Instant.ofEpochSecond(1111111111);
        long step = Totp.stepAt(now);
        for (long near = step - 1; near <= step + 1; near++) {
            assertEquals(OptionalLong.of(near), Totp.match(SECRET, Totp.code(SECRET, near), now));
        }
        assertEquals(OptionalLong.empty(), Totp.match(SECRET, Totp.code(SECRET, step - 2), now));
        assertEquals(OptionalLong.empty(), Totp.match(SECRET, Totp.code(SECRET, step + 2), now));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5047", "0504710", "050471 ", "٠٥٠٤٧١", "\u0000050471"})
    void nothingElseIsACode(String typed) {
        assertEquals(OptionalLong.empty(), Totp.match(SECRET, typed, Instant.ofEpochSecond(1111111111)));
    }

    /** RFC 4648 §10, where nothing is padded. */
    @ParameterizedTest
    @CsvSource({"fooba, MZXW6YTB", "foobarfoob, MZXW6YTBOJTG633C"})
    void secretIsWrittenInBase32(String bytes, String text) {
        assertEquals(text, Totp.base32(bytes.getBytes(StandardCharsets.US_ASCII)));
    }
}
