package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import social.dunlin.account.UserLetters.Subject;
import social.dunlin.database.Database;
import social.dunlin.oauth.OpaqueSecret;
import social.dunlin.refusal.Refusal;

/**
 * The second step of logging in: a code of an authenticator app, or one of ten recovery codes when the app is lost. No
 * code is good twice. Recovery codes have 80 random bits, so a fast hash of them is enough to keep. Each change is told by a
 * letter, so that nobody else makes one unnoticed.
 */
@ApplicationScoped
public class TwoFactor {
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_CODE_BYTES = 10;
    private static final int GROUP = 4;

    private final Database database;
    private final TwoFactorStore store;
    private final UserService users;
    private final UserLetters letters;

    public TwoFactor(Database database, TwoFactorStore store, UserService users, UserLetters letters) {
        this.database = database;
        this.store = store;
        this.users = users;
        this.letters = letters;
    }

    /**
     * A secret that is to be shared with an app.
     *
     * @param key hexadecimal; nothing keeps it before it has been confirmed by a code
     */
    public record Secret(String key) {
        private static final String FORM = "[0-9a-f]{%d}".formatted(2 * Totp.SECRET_BYTES);

        public Secret {
            if (!key.matches(FORM)) {
                throw Refusal.unprocessable("This form is too old. Please open the page again.");
            }
        }

        public static Secret make() {
            return new Secret(HexFormat.of().formatHex(OpaqueSecret.random(Totp.SECRET_BYTES)));
        }

        private byte[] bytes() {
            return HexFormat.of().parseHex(key);
        }

        /** For typing, in groups of four. */
        public String text() {
            return grouped(Totp.base32(bytes()), " ");
        }

        /** What the picture says that apps scan: the form is that of Google's Authenticator, which all read. */
        public String uri(String issuer, String name) {
            return "otpauth://totp/%1$s:%2$s?secret=%3$s&issuer=%1$s".formatted(encoded(issuer), encoded(name), Totp.base32(bytes()));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }

    public boolean isOn(long userId) {
        return store.secret(userId).isPresent();
    }

    public int recoveryCodesLeft(long userId) {
        return store.recoveryCodesLeft(userId);
    }

    /** Gives the recovery codes, which are shown this once. Refuses with 422 a wrong password and a code that the secret does not make now. */
    public List<String> switchOn(long userId, Secret secret, String code, String password) {
        users.requirePassword(userId, password);
        long step = Totp.match(secret.bytes(), digits(code), Instant.now()).orElseThrow(TwoFactor::wrongCode);
        return database.transaction(() -> {
            if (!store.switchOn(userId, secret.key, step)) {
                throw Refusal.unprocessable("Two-factor authentication is on already");
            }
            letters.send(userId, Subject.TWO_FACTOR_ON);
            return makeRecoveryCodes(userId);
        });
    }

    /** Ends the old ones. Refuses with 422 a wrong password or code. */
    public List<String> renewRecoveryCodes(long userId, String code, String password) {
        requireBoth(userId, code, password);
        return database.transaction(() -> {
            letters.send(userId, Subject.RECOVERY_CODES);
            return makeRecoveryCodes(userId);
        });
    }

    /** Refuses with 422 a wrong password or code. */
    public void switchOff(long userId, String code, String password) {
        requireBoth(userId, code, password);
        switchOff(userId);
    }

    /** For somebody who lost everything and said so to an administrator. False when it was off. */
    public boolean switchOff(User user) {
        return switchOff(user.id());
    }

    private boolean switchOff(long userId) {
        return database.transaction(() -> {
            boolean wasOn = store.switchOff(userId);
            if (wasOn) {
                letters.send(userId, Subject.TWO_FACTOR_OFF);
            }
            return wasOn;
        });
    }

    private void requireBoth(long userId, String code, String password) {
        users.requirePassword(userId, password);
        if (!accept(userId, code)) {
            throw wrongCode();
        }
    }

    private static Refusal wrongCode() {
        return Refusal.unprocessable("The code is not right");
    }

    /** Whether what was typed is a code of the app or a recovery code of this login. It is used up by that. */
    public boolean accept(long userId, String typed) {
        Optional<String> secret = store.secret(userId);
        if (secret.isEmpty()) {
            return false;
        }
        OptionalLong step = Totp.match(new Secret(secret.get()).bytes(), digits(typed), Instant.now());
        return step.isPresent() ? store.use(userId, step.getAsLong()) : store.useRecoveryCode(userId, recoveryHash(typed));
    }

    private List<String> makeRecoveryCodes(long userId) {
        List<String> codes = IntStream.range(0, RECOVERY_CODES)
            .mapToObj(ignored -> grouped(Totp.base32(OpaqueSecret.random(RECOVERY_CODE_BYTES)).toLowerCase(Locale.ROOT), "-")).toList();
        store.replaceRecoveryCodes(userId, codes.stream().map(TwoFactor::recoveryHash).toList());
        return codes;
    }

    private static String digits(String typed) {
        return typed.replaceAll("[\\s-]", "");
    }

    private static byte[] recoveryHash(String typed) {
        return OpaqueSecret.hash(digits(typed).toLowerCase(Locale.ROOT));
    }

    private static String grouped(String text, String separator) {
        return text.replaceAll("(.{%d})(?!$)".formatted(GROUP), "$1" + separator);
    }
}
