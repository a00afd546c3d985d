package social.dunlin.push;

import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import social.dunlin.database.Database;

/** The P-256 key pair of RFC 8292, made once per install and kept in the database, where every role finds it. */
@ApplicationScoped
public class VapidKeys {
    private static final String PUBLIC = "vapid-public";
    private static final String PRIVATE = "vapid-private";

    private final Database database;
    private volatile byte[] point;
    private volatile PrivateKey privateKey;

    public VapidKeys(Database database) {
        this.database = database;
    }

    /** The uncompressed point as URL-safe base64 with padding: the form in which Mastodon tells clients. */
    public String publicKey() {
        return Base64.getUrlEncoder().encodeToString(point());
    }

    byte[] point() {
        byte[] known = point;
        if (known == null) {
            known = PointP256.of(PointP256.decoded(stored(PUBLIC)));
            point = known;
        }
        return known;
    }

    PrivateKey privateKey() {
        PrivateKey known = privateKey;
        if (known == null) {
            try {
                known = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(stored(PRIVATE)));
            } catch (GeneralSecurityException damaged) {
                throw new IllegalStateException("The VAPID key in the database is damaged", damaged);
            }
            privateKey = known;
        }
        return known;
    }

    private byte[] stored(String name) {
        return read(name).orElseGet(() -> database.transaction(() -> {
            KeyPair pair = PointP256.newPair();
            // Both rows or none: who comes second waits for the first and keeps what it wrote.
            boolean first = insert(PUBLIC, pair.getPublic().getEncoded());
            if (first) {
                insert(PRIVATE, pair.getPrivate().getEncoded());
            }
            return read(name).orElseThrow();
        }));
    }

    private Optional<byte[]> read(String name) {
        return database.first("select value from secret where name = $1", row -> row.getBuffer("value").getBytes(), name);
    }

    private boolean insert(String name, byte[] value) {
        return database.execute("insert into secret (name, value) values ($1, $2) on conflict do nothing", name, Buffer.buffer(value)) == 1;
    }
}
