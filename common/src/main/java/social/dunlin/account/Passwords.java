package social.dunlin.account;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import social.dunlin.refusal.InvalidFields.Problem;
import social.dunlin.refusal.Refusal;

/**
 * Password hashing: Argon2id with 19 MiB and two passes (OWASP's choice for small memory). A few at a
 * time only, so that a crowd at the log-in page cannot take all memory and processors.
 */
@ApplicationScoped
public class Passwords {
    private static final int MINIMUM_LENGTH = 8;
    private static final int MAXIMUM_LENGTH = 256;
    private static final int SALT_BYTES = 16;
    private static final int PATIENCE_SECONDS = 10;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Argon2Function FUNCTION = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);
    /** Costs the same to compare with as any other, and nothing fits it. */
    private static final String HASH_OF_NOTHING =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    /** Letters and digits, no two of which are mistaken for each other. */
    private static final String READABLE = "abcdefghijkmnpqrstuvwxyz23456789";

    private final Semaphore places = new Semaphore(2, true);

    /** What is wrong with a new password. */
    public static Optional<Problem> problem(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < MINIMUM_LENGTH) {
            return Optional.of(new Problem("ERR_TOO_SHORT", "is too short (minimum is %d characters)".formatted(MINIMUM_LENGTH)));
        }
        return length > MAXIMUM_LENGTH
            ? Optional.of(new Problem("ERR_TOO_LONG", "is too long (maximum is %d characters)".formatted(MAXIMUM_LENGTH)))
            : Optional.empty();
    }

    /** The stored form ({@code $argon2id$…}) of a new password; refuses with 422 what is too short or too long. */
    public String hash(String password) {
        problem(password).ifPresent(problem -> {
            throw Refusal.invalid("Password " + problem.description());
        });
        return limited(() -> hashNow(password));
    }

    /**
     * True when the password fits. A null hash (unknown user, or one without a password) costs the same
     * time as a wrong password, so that answers do not tell who is here.
     */
    public boolean matches(String password, String hash) {
        if (password.length() > 2 * MAXIMUM_LENGTH) {
            return false;
        }
        return limited(() -> {
            String stored = hash != null ? hash : HASH_OF_NOTHING;
            boolean fits = Argon2Function.getInstanceFromHash(stored).check(normalised(password), stored);
            return fits && hash != null;
        });
    }

    /** 20 random characters in groups, about 100 bits. */
    public String generate() {
        StringBuilder result = new StringBuilder();
        for (int index = 0; index < 20; index++) {
            if (index > 0 && index % 5 == 0) {
                result.append('-');
            }
            result.append(READABLE.charAt(RANDOM.nextInt(READABLE.length())));
        }
        return result.toString();
    }

    private static String hashNow(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return FUNCTION.hash(normalised(password).getBytes(StandardCharsets.UTF_8), salt).getResult();
    }

    /** The same letters typed on another machine may be composed otherwise (RFC 8265: NFC). */
    private static String normalised(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private <T> T limited(Supplier<T> work) {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Refusal.unavailable("Too many people are logging in at this moment. Please try again.");
            }
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The server is stopping");
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
