package social.dunlin.federation.signature;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import social.dunlin.federation.signature.VerificationOutcome.Reason;

/**
 * The {@code Signature} header of draft-cavage-http-signatures-12, read as leniently as the programs that write it need:
 * quoted or bare values, spaces or none after commas, parameters in any order.
 */
record CavageSignature(String keyId, String algorithm, List<String> covered, Optional<String> created,
        Optional<String> expires, byte[] signature) {
    private static final int MAXIMUM_LENGTH = 8 * 1024;
    private static final int MAXIMUM_COVERED = 40;
    static final String REQUEST_TARGET = "(request-target)";
    static final String CREATED = "(created)";
    static final String EXPIRES = "(expires)";
    private static final String HS2019 = "hs2019";
    private static final Set<String> KNOWN_LABELS =
            Set.of(HS2019, "rsa-sha256", "rsa-sha512", "ed25519", "ecdsa-sha256");

    static CavageSignature parse(String header) {
        Map<String, String> parameters = parseParameters(header);
        String algorithm = parameters.getOrDefault("algorithm", HS2019).toLowerCase(Locale.ROOT);
        String covered = parameters.getOrDefault("headers", algorithm.equals(HS2019) ? CREATED : "date");
        return new CavageSignature(
                require(parameters, "keyid"),
                algorithm,
                splitCovered(covered),
                Optional.ofNullable(parameters.get("created")),
                Optional.ofNullable(parameters.get("expires")),
                StructuredFields.decodeBase64(require(parameters, "signature")));
    }

    boolean covers(String name) {
        return covered.contains(name);
    }

    /** @param withQuery false for senders that leave the query out of (request-target) */
    String signingString(SignedRequest request, boolean withQuery) {
        return covered.stream().map(name -> name + ": " + value(request, name, withQuery))
                .collect(Collectors.joining("\n"));
    }

    boolean verifies(SignedRequest request, PublicKey key) {
        if (verifies(request, key, true)) {
            return true;
        }
        return request.query().isPresent() && covers(REQUEST_TARGET) && verifies(request, key, false);
    }

    private boolean verifies(SignedRequest request, PublicKey key, boolean withQuery) {
        byte[] message = signingString(request, withQuery).getBytes(StandardCharsets.UTF_8);
        return algorithmsFor(key).stream().anyMatch(candidate -> candidate.verifies(key, message, signature));
    }

    /** The label is a hint at best, the key decides; the fediverse's hs2019 means PKCS#1 v1.5 with SHA-256. */
    private List<SignatureAlgorithm> algorithmsFor(PublicKey key) {
        if (!KNOWN_LABELS.contains(algorithm)) {
            throw new SignatureRefusal(Reason.UNSUPPORTED, "signature algorithm not supported");
        }
        return key instanceof RSAKey
                ? List.of(SignatureAlgorithm.RSA_SHA256, SignatureAlgorithm.RSA_SHA512)
                : List.of(SignatureAlgorithm.defaultFor(key));
    }

    private String value(SignedRequest request, String name, boolean withQuery) {
        return switch (name) {
            case REQUEST_TARGET -> request.method().toLowerCase(Locale.ROOT) + " "
                    + (withQuery ? request.targetUri().requestTarget() : request.path());
            case CREATED -> created.orElseThrow(() -> missing(name));
            case EXPIRES -> expires.orElseThrow(() -> missing(name));
            default -> request.header(name).orElseThrow(() -> missing(name));
        };
    }

    private static SignatureRefusal missing(String name) {
        return new SignatureRefusal(Reason.NOT_COVERED, "the signature covers a header that is not there");
    }

    private static List<String> splitCovered(String covered) {
        List<String> names = Arrays.stream(covered.strip().split("\\s+"))
                .map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (names.size() > MAXIMUM_COVERED) {
            throw malformed();
        }
        return names;
    }

    private static String require(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw malformed();
        }
        return value;
    }

    /** Names in lower case; a name given twice is refused, for which of the two counts would be a matter of taste. */
    private static Map<String, String> parseParameters(String header) {
        if (header.length() > MAXIMUM_LENGTH) {
            throw malformed();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        int position = 0;
        while (position < header.length()) {
            int equals = header.indexOf('=', position);
            if (equals < 0) {
                throw malformed();
            }
            String name = header.substring(position, equals).strip().toLowerCase(Locale.ROOT);
            int start = skipSpaces(header, equals + 1);
            boolean quoted = start < header.length() && header.charAt(start) == '"';
            int end = header.indexOf(quoted ? '"' : ',', quoted ? start + 1 : start);
            if (quoted && end < 0) {
                throw malformed();
            }
            int valueEnd = end < 0 ? header.length() : end;
            String value = header.substring(quoted ? start + 1 : start, valueEnd).strip();
            if (parameters.put(name, value) != null) {
                throw new SignatureRefusal(Reason.DUPLICATE, "the same parameter twice in the Signature header");
            }
            position = skipSpaces(header, quoted ? valueEnd + 1 : valueEnd);
            if (position < header.length() && header.charAt(position) != ',') {
                throw malformed();
            }
            position = skipSpaces(header, position + 1);
        }
        return parameters;
    }

    private static int skipSpaces(String text, int from) {
        int position = from;
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
        return position;
    }

    private static SignatureRefusal malformed() {
        return new SignatureRefusal(Reason.MALFORMED, "unreadable Signature header");
    }
}
