package social.dunlin.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import social.dunlin.refusal.Refusal;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    @Test
    void hashIsArgon2idWithItsParametersAndItsOwnSalt() {
        String hash = passwords.hash("correct horse");
        assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
        assertNotEquals(hash, passwords.hash("correct horse"));
    }

    @Test
    void onlyThePasswordFits() {
        String hash = passwords.hash("correct horse");
        assertTrue(passwords.matches("correct horse", hash));
        assertFalse(passwords.matches("Correct horse", hash));
        assertFalse(passwords.matches("", hash));
    }

    @Test
    void nothingFitsTheAbsentHash() {
        assertFalse(passwords.matches("correct horse", null));
        assertFalse(passwords.matches("", null));
    }

    @Test
    void composedAndDecomposedLettersAreTheSamePassword() {
        String hash = passwords.hash("Strandl\u00e4ufer");
        assertTrue(passwords.matches("Strandla\u0308ufer", hash));
    }

    @Test
    void tooShortAndTooLongAreRefused() {
        assertEquals(422, assertThrows(Refusal.class, () -> passwords.hash("short")).status());
        assertEquals(422, assertThrows(Refusal.class, () -> passwords.hash("x".repeat(257))).status());
        assertFalse(passwords.matches("x".repeat(1_000_000), passwords.hash("correct horse")));
    }

    @Test
    void generatedPasswordsDifferAndAreLongEnough() {
        String password = passwords.generate();
        assertEquals(23, password.length());
        assertNotEquals(password, passwords.generate());
        assertTrue(passwords.matches(password, passwords.hash(password)));
    }
}
