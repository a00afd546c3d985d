package social.dunlin.federation.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import social.dunlin.federation.signature.VerificationOutcome.Reason;

/** The {@code Digest} header of draft-cavage times and the {@code Content-Digest} header of RFC 9530. */
final class BodyDigest {
    private BodyDigest() {
    }

    /** Label in upper case, one digest only: several servers compare the whole header. */
    static String digestHeader(byte[] body) {
        return "SHA-256=" + Base64.getEncoder().encodeToString(hash("SHA-256", body));
    }

    static String contentDigestHeader(byte[] body) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(hash("SHA-256", body)) + ":";
    }

    /** Any list of digests will do as long as it has SHA-256 and each SHA-256 in it is right. */
    static void requireDigest(String header, byte[] body) {
        boolean found = false;
        for (String item : header.split(",")) {
            int equals = item.indexOf('=');
            if (equals > 0 && item.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals("sha-256")) {
                requireEqual("SHA-256", item.substring(equals + 1).strip(), body);
                found = true;
            }
        }
        if (!found) {
            throw new SignatureRefusal(Reason.WRONG_DIGEST, "Digest header without SHA-256");
        }
    }

    /** At least one of SHA-256 and SHA-512, and every one of them right. */
    static void requireContentDigest(String header, byte[] body) {
        boolean found = false;
        for (StructuredFields.Member member : StructuredFields.parseDictionary(header)) {
            String algorithm = switch (member.name()) {
                case "sha-256" -> "SHA-256";
                case "sha-512" -> "SHA-512";
                default -> null;
            };
            if (algorithm != null) {
                requireEqual(algorithm, member.byteSequenceText(), body);
                found = true;
            }
        }
        if (!found) {
            throw new SignatureRefusal(Reason.WRONG_DIGEST, "Content-Digest header without sha-256");
        }
    }

    private static void requireEqual(String algorithm, String base64, byte[] body) {
        if (!MessageDigest.isEqual(StructuredFields.decodeBase64(base64), hash(algorithm, body))) {
            throw new SignatureRefusal(Reason.WRONG_DIGEST, "digest does not match the body");
        }
    }

    private static byte[] hash(String algorithm, byte[] body) {
        try {
            return MessageDigest.getInstance(algorithm).digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
