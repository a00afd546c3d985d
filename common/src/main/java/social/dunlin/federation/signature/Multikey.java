package social.dunlin.federation.signature;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Optional;

/** The {@code publicKeyMultibase} of FEP-521a: multibase base58btc of a multicodec prefix and the raw key. */
public final class Multikey {
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger FIFTY_EIGHT = BigInteger.valueOf(58);
    /** An RSA key of 4096 bits takes about 720; the decoder's time grows with the square. */
    private static final int MAXIMUM_LENGTH = 1000;
    private static final byte[] ED25519_PREFIX = {(byte) 0xed, 0x01};
    private static final byte[] RSA_PREFIX = {(byte) 0x85, 0x24};
    private static final byte[] ED25519_SPKI_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0};
    private static final int ED25519_LENGTH = 32;

    private Multikey() {
    }

    /** @throws IllegalArgumentException for a key that is neither Ed25519 nor RSA */
    public static String encode(PublicKey key) {
        byte[] prefix = switch (key) {
            case EdECKey ignored -> ED25519_PREFIX;
            case RSAKey ignored -> RSA_PREFIX;
            default -> throw new IllegalArgumentException("no multikey form for this kind of key");
        };
        return "z" + encodeBase58(concatenate(prefix, Der.unwrapPublicKey(key.getEncoded())));
    }

    /** A key from outside; empty when it is none that we use. */
    public static Optional<PublicKey> decode(String multibase) {
        if (multibase == null || multibase.length() > MAXIMUM_LENGTH || !multibase.startsWith("z")) {
            return Optional.empty();
        }
        return decodeBase58(multibase.substring(1)).flatMap(Multikey::decodeKey);
    }

    private static Optional<PublicKey> decodeKey(byte[] bytes) {
        if (bytes.length < 3) {
            return Optional.empty();
        }
        byte[] raw = Arrays.copyOfRange(bytes, 2, bytes.length);
        if (startsWith(bytes, ED25519_PREFIX) && raw.length == ED25519_LENGTH) {
            return Keys.decodePublic(concatenate(ED25519_SPKI_PREFIX, raw));
        }
        return startsWith(bytes, RSA_PREFIX) ? Keys.decodePublic(Der.wrapRsaPublicKey(raw)) : Optional.empty();
    }

    static String encodeBase58(byte[] bytes) {
        StringBuilder reversed = new StringBuilder();
        BigInteger number = new BigInteger(1, bytes);
        while (number.signum() > 0) {
            BigInteger[] quotient = number.divideAndRemainder(FIFTY_EIGHT);
            reversed.append(BASE58.charAt(quotient[1].intValue()));
            number = quotient[0];
        }
        for (int index = 0; index < bytes.length && bytes[index] == 0; index++) {
            reversed.append('1');
        }
        return reversed.reverse().toString();
    }

    static Optional<byte[]> decodeBase58(String text) {
        BigInteger number = BigInteger.ZERO;
        for (int index = 0; index < text.length(); index++) {
            int digit = BASE58.indexOf(text.charAt(index));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number.multiply(FIFTY_EIGHT).add(BigInteger.valueOf(digit));
        }
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') {
            zeros++;
        }
        byte[] signed = number.signum() == 0 ? new byte[0] : number.toByteArray();
        byte[] magnitude = signed.length > 0 && signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
        return Optional.of(concatenate(new byte[zeros], magnitude));
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
