package social.dunlin.federation.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import social.dunlin.id.ObjectUri;

/** The digest of FEP-8fcf: the SHA-256 of every follower id, XORed, so that the order does not matter. */
public final class FollowersDigest {
    private static final int LENGTH = 32;

    private FollowersDigest() {
    }

    /** Lower-case hex; all zeros when nobody follows. */
    public static String of(Collection<ObjectUri> followers) {
        byte[] digest = new byte[LENGTH];
        MessageDigest sha256 = sha256();
        for (ObjectUri follower : followers) {
            byte[] hash = sha256.digest(follower.value().getBytes(StandardCharsets.UTF_8));
            for (int index = 0; index < LENGTH; index++) {
                digest[index] ^= hash[index];
            }
        }
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
