package social.dunlin.federation.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * A proof of the suite {@code eddsa-jcs-2022} in a document (FEP-8b32): an Ed25519 signature over the SHA-256 of the
 * canonical proof and the SHA-256 of the canonical document without it (RFC 8785). What it proves is that whoever holds
 * the key wrote this document, wherever it comes from.
 */
public final class IntegrityProof {
    private static final String SUITE = "eddsa-jcs-2022";
    private static final int MAXIMUM_PROOFS = 4;
    private static final int SIGNATURE_LENGTH = 64;
    private static final int HASH_LENGTH = 32;
    private static final int MAXIMUM_VALUE_LENGTH = 128;
    /** By how much another server's clock may be ahead. */
    private static final Duration CLOCKS = Duration.ofHours(1);

    private final ObjectNode document;
    private final ObjectNode proof;

    private IntegrityProof(ObjectNode document, ObjectNode proof) {
        this.document = document;
        this.proof = proof;
    }

    /** The proofs of this suite that a document carries at its top level. */
    public static List<IntegrityProof> of(ObjectNode document) {
        List<IntegrityProof> proofs = new ArrayList<>();
        JsonNode member = document.path("proof");
        Iterable<JsonNode> all = member.isArray() ? member : List.of(member);
        for (JsonNode each : all) {
            if (each instanceof ObjectNode proof && proofs.size() < MAXIMUM_PROOFS && isOfSuite(proof)) {
                proofs.add(new IntegrityProof(document, proof));
            }
        }
        return proofs;
    }

    private static boolean isOfSuite(ObjectNode proof) {
        return proof.path("type").asText().equals("DataIntegrityProof") && proof.path("cryptosuite").asText().equals(SUITE)
            && proof.path("proofPurpose").asText().equals("assertionMethod") && proof.path("verificationMethod").isTextual();
    }

    /** Id of the key. Whose it is must be found out by other means. */
    public String verificationMethod() {
        return proof.get("verificationMethod").textValue();
    }

    public boolean verifies(PublicKey key, Instant now) {
        return !isExpired(now) && value().map(signature -> SignatureAlgorithm.ED25519.verifies(key, signedBytes(), signature)).orElse(false);
    }

    /** Whether it says that it was made at this time or later, and not in the future. */
    public boolean isMadeSince(Instant earliest, Instant now) {
        try {
            Instant created = Instant.parse(proof.path("created").asText());
            return !created.isBefore(earliest) && !created.isAfter(now.plus(CLOCKS));
        } catch (DateTimeParseException noTime) {
            return false;
        }
    }

    private boolean isExpired(Instant now) {
        try {
            return proof.has("expires") && !Instant.parse(proof.path("expires").asText()).isAfter(now);
        } catch (DateTimeParseException noTime) {
            return true;
        }
    }

    private Optional<byte[]> value() {
        String text = proof.path("proofValue").asText();
        return text.startsWith("z") && text.length() <= MAXIMUM_VALUE_LENGTH
            ? Multikey.decodeBase58(text.substring(1)).filter(bytes -> bytes.length == SIGNATURE_LENGTH) : Optional.empty();
    }

    /** Empty when it cannot be canonicalised; no signature fits that. */
    private byte[] signedBytes() {
        ObjectNode configuration = proof.deepCopy();
        configuration.remove("proofValue");
        ObjectNode unsecured = document.deepCopy();
        unsecured.remove("proof");
        try {
            byte[] both = Arrays.copyOf(sha256(canonical(configuration)), 2 * HASH_LENGTH);
            System.arraycopy(sha256(canonical(unsecured)), 0, both, HASH_LENGTH, HASH_LENGTH);
            return both;
        } catch (IOException uncanonical) {
            return new byte[0];
        }
    }

    static byte[] canonical(ObjectNode json) throws IOException {
        return new JsonCanonicalizer(json.toString()).getEncodedUTF8();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The document with a proof by an Ed25519 key; one that is there already is replaced. */
    public static ObjectNode sign(ObjectNode document, String keyId, PrivateKey key, Instant now) {
        ObjectNode signed = document.deepCopy();
        signed.remove("proof");
        ObjectNode proof = signed.objectNode();
        if (signed.has("@context")) {
            proof.set("@context", signed.get("@context").deepCopy());
        }
        proof.put("type", "DataIntegrityProof").put("cryptosuite", SUITE).put("verificationMethod", keyId)
            .put("proofPurpose", "assertionMethod").put("created", now.truncatedTo(ChronoUnit.SECONDS).toString());
        byte[] signature = SignatureAlgorithm.ED25519.sign(key, new IntegrityProof(signed, proof).signedBytes());
        signed.set("proof", proof.put("proofValue", "z" + Multikey.encodeBase58(signature)));
        return signed;
    }
}
