package social.dunlin.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The other end of Web Push: a client that decrypts, written from the specifications and not from our encryption. */
public final class Subscriber {
    private static final Base64.Encoder WRITE = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder READ = Base64.getUrlDecoder();

    private final PrivateKey privateKey;
    private final byte[] point;
    private final byte[] auth;

    Subscriber(KeyPair pair, byte[] auth) {
        this.privateKey = pair.getPrivate();
        this.point = PointP256.of((ECPublicKey) pair.getPublic());
        this.auth = auth;
    }

    public static Subscriber make() {
        return new Subscriber(PointP256.newPair(), "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII));
    }

    public String publicKey() {
        return WRITE.encodeToString(point);
    }

    public String authSecret() {
        return WRITE.encodeToString(auth);
    }

    /** A body of {@code Content-Encoding: aes128gcm} (RFC 8188, RFC 8291). */
    public String readStandard(byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        byte[] salt = take(buffer, 16);
        int recordSize = buffer.getInt();
        byte[] sender = take(buffer, buffer.get());
        byte[] sealed = take(buffer, buffer.remaining());
        if (sealed.length > recordSize) {
            throw new AssertionError("more than one record");
        }
        byte[] material = derive(auth, agreed(sender), join("WebPush: info\0", point, sender), 32);
        byte[] plain = open(derive(salt, material, join("Content-Encoding: aes128gcm\0"), 16),
            derive(salt, material, join("Content-Encoding: nonce\0"), 12), sealed);
        int end = plain.length - 1;
        while (plain[end] == 0) {
            end--;
        }
        if (plain[end] != 2) {
            throw new AssertionError("not the last record");
        }
        return new String(plain, 0, end, StandardCharsets.UTF_8);
    }

    /** A body of {@code Content-Encoding: aesgcm}, with the values of its header fields. */
    public String readDraft(byte[] body, String encryption, String cryptoKey) {
        byte[] salt = READ.decode(parameter(encryption, "salt"));
        byte[] sender = READ.decode(parameter(cryptoKey, "dh"));
        byte[] material = derive(auth, agreed(sender), join("Content-Encoding: auth\0"), 32);
        byte[] parties = ByteBuffer.allocate(6 + 4 + point.length + sender.length).put(join("P-256\0"))
            .putShort((short) point.length).put(point).putShort((short) sender.length).put(sender).array();
        byte[] plain = open(derive(salt, material, join("Content-Encoding: aesgcm\0", parties), 16),
            derive(salt, material, join("Content-Encoding: nonce\0", parties), 12), body);
        int padding = ByteBuffer.wrap(plain).getShort();
        return new String(plain, 2 + padding, plain.length - 2 - padding, StandardCharsets.UTF_8);
    }

    public static String parameter(String header, String name) {
        return Arrays.stream(header.split("[;,]\\s*")).map(String::strip).filter(part -> part.startsWith(name + "=")).findFirst().orElseThrow()
            .substring(name.length() + 1).replace("\"", "");
    }

    /** The claims of a JWT whose signature holds under the key. */
    public static String claims(String token, String publicKey) {
        String[] parts = token.split("\\.");
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(PointP256.key(READ.decode(publicKey)).orElseThrow());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(READ.decode(parts[2]))) {
                throw new AssertionError("the signature does not hold");
            }
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
        return new String(READ.decode(parts[1]), StandardCharsets.UTF_8);
    }

    private byte[] agreed(byte[] sender) {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(privateKey);
            agreement.doPhase(PointP256.key(sender).orElseThrow(), true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    private static byte[] derive(byte[] salt, byte[] material, byte[] info, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(material).thenExpand(info, length));
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    private static byte[] open(byte[] key, byte[] nonce, byte[] sealed) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            return cipher.doFinal(sealed);
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    private static byte[] take(ByteBuffer buffer, int length) {
        byte[] taken = new byte[length];
        buffer.get(taken);
        return taken;
    }

    private static byte[] join(String label, byte[]... parts) {
        byte[] first = label.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer buffer = ByteBuffer.allocate(first.length + Arrays.stream(parts).mapToInt(part -> part.length).sum()).put(first);
        for (byte[] part : parts) {
            buffer.put(part);
        }
        return buffer.array();
    }
}
