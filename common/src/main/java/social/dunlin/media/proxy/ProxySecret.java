package social.dunlin.media.proxy;

import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;

/** Signs with what the settings say or, without it, with a secret made once and kept in the database, where every role finds it. */
@ApplicationScoped
public class ProxySecret {
    private static final String NAME = "media-proxy";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    /** Half of what the algorithm gives, which nobody can guess either (RFC 2104 §5), in addresses half as long. */
    private static final int SIGNATURE_BYTES = 16;

    private final Database database;
    private final Optional<String> configured;
    private volatile Mac prepared;

    public ProxySecret(Database database, DunlinConfiguration configuration) {
        this.database = database;
        this.configured = configuration.remoteMedia().secret();
    }

    String sign(String text) {
        try {
            Mac mac = (Mac) prepared().clone();
            byte[] whole = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, SIGNATURE_BYTES));
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Mac prepared() {
        Mac known = prepared;
        if (known == null) {
            try {
                known = Mac.getInstance(ALGORITHM);
                known.init(new SecretKeySpec(configured.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElseGet(this::stored), ALGORITHM));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
            prepared = known;
        }
        return known;
    }

    private byte[] stored() {
        return read().orElseGet(() -> {
            byte[] made = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(made);
            database.execute("insert into secret (name, value) values ($1, $2) on conflict do nothing", NAME, Buffer.buffer(made));
            return read().orElseThrow();
        });
    }

    private Optional<byte[]> read() {
        return database.first("select value from secret where name = $1", row -> row.getBuffer("value").getBytes(), NAME);
    }
}
