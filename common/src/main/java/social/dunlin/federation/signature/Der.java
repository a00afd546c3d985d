package social.dunlin.federation.signature;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Just enough ASN.1 to wrap a PKCS#1 key into the form the JDK reads, and to unwrap it again. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] RSA_ALGORITHM = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    private static final byte[] VERSION_ZERO = {0x02, 0x01, 0x00};

    private Der() {
    }

    /** RSAPublicKey to SubjectPublicKeyInfo. */
    static byte[] wrapRsaPublicKey(byte[] pkcs1) {
        return element(SEQUENCE, RSA_ALGORITHM, element(BIT_STRING, new byte[] {0}, pkcs1));
    }

    /** RSAPrivateKey to PKCS#8. */
    static byte[] wrapRsaPrivateKey(byte[] pkcs1) {
        return element(SEQUENCE, VERSION_ZERO, RSA_ALGORITHM, element(OCTET_STRING, pkcs1));
    }

    /** The key itself out of a SubjectPublicKeyInfo written by the JDK: RSAPublicKey, or the raw bytes of Ed25519. */
    static byte[] unwrapPublicKey(byte[] subjectPublicKeyInfo) {
        int algorithm = contentStart(subjectPublicKeyInfo, 0);
        int bitString = contentStart(subjectPublicKeyInfo, algorithm) + contentLength(subjectPublicKeyInfo, algorithm);
        int unusedBits = contentStart(subjectPublicKeyInfo, bitString);
        return Arrays.copyOfRange(subjectPublicKeyInfo, unusedBits + 1, subjectPublicKeyInfo.length);
    }

    private static int contentStart(byte[] encoded, int element) {
        int first = encoded[element + 1] & 0xff;
        return element + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int contentLength(byte[] encoded, int element) {
        int first = encoded[element + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int index = 0; index < (first & 0x7f); index++) {
            length = length << 8 | encoded[element + 2 + index] & 0xff;
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.write(tag);
        if (length >= 0x100) {
            encoded.write(0x82);
            encoded.write(length >> 8);
        } else if (length >= 0x80) {
            encoded.write(0x81);
        }
        encoded.write(length);
        for (byte[] part : parts) {
            encoded.writeBytes(part);
        }
        return encoded.toByteArray();
    }
}
