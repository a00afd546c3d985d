package social.dunlin.push;

import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import social.dunlin.database.Database;

/** The P-256 key pair of RFC 8292, made once per install and kept in the database, where every role finds it. */
@ApplicationScoped
public class VapidKeys {
    private static final String PUBLIC = "vapid-public";
    private static final String PRIVATE = "vapid-private";
    private static final int COORDINATE_BYTES = 32;

    private final Database database;
    private volatile String publicKey;

    public VapidKeys(Database database) {
        this.database = database;
    }

    /** The uncompressed point as URL-safe base64 with padding: the form in which Mastodon tells clients. */
    public String publicKey() {
        String known = publicKey;
        if (known == null) {
            known = point(stored());
            publicKey = known;
        }
        return known;
    }

    private byte[] stored() {
        return read().orElseGet(() -> database.transaction(() -> {
            KeyPair pair = make();
            // Both rows or none: who comes second waits for the first and keeps what it wrote.
            boolean first = insert(PUBLIC, pair.getPublic().getEncoded());
            if (first) {
                insert(PRIVATE, pair.getPrivate().getEncoded());
            }
            return read().orElseThrow();
        }));
    }

    private Optional<byte[]> read() {
        return database.first("select value from secret where name = $1", row -> row.getBuffer("value").getBytes(), PUBLIC);
    }

    private boolean insert(String name, byte[] value) {
        return database.execute("insert into secret (name, value) values ($1, $2) on conflict do nothing", name, Buffer.buffer(value)) == 1;
    }

    private static KeyPair make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String point(byte[] encoded) {
        try {
            ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
            byte[] point = new byte[1 + 2 * COORDINATE_BYTES];
            point[0] = 4;
            copy(key.getW().getAffineX(), point, 1);
            copy(key.getW().getAffineY(), point, 1 + COORDINATE_BYTES);
            return Base64.getUrlEncoder().encodeToString(point);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void copy(BigInteger coordinate, byte[] target, int offset) {
        byte[] bytes = coordinate.toByteArray();
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, target, offset + COORDINATE_BYTES - length, length);
    }
}
