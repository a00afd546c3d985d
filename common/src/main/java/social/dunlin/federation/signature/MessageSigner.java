package social.dunlin.federation.signature;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Signs as RFC 9421 with the components Mastodon asks for: method, full address and, with a body, its digest. */
public final class MessageSigner implements RequestSigner {
    private static final String LABEL = "sig1";

    private final String keyId;
    private final PrivateKey key;
    private final Clock clock;
    private final List<Header> additional;
    private final AcceptSignature asked;

    public MessageSigner(String keyId, PrivateKey key, Clock clock) {
        this(keyId, key, clock, List.of(), AcceptSignature.NOTHING);
    }

    /**
     * @param additional headers to be sent and signed as well
     * @param asked      what the other side wants besides
     */
    public MessageSigner(String keyId, PrivateKey key, Clock clock, List<Header> additional, AcceptSignature asked) {
        this.keyId = keyId;
        this.key = key;
        this.clock = clock;
        this.additional = List.copyOf(additional);
        this.asked = asked;
    }

    @Override
    public List<Header> sign(OutgoingRequest request) {
        List<Header> headers = new ArrayList<>();
        Map<String, String> covered = new LinkedHashMap<>();
        covered.put("@method", request.method());
        covered.put("@target-uri", request.uri().origin() + request.uri().requestTarget());
        if (request.carriesBody()) {
            String digest = BodyDigest.contentDigestHeader(request.body());
            headers.add(new Header("Content-Digest", digest));
            covered.put("content-digest", digest);
        }
        additional.forEach(header -> {
            headers.add(header);
            covered.put(header.name().toLowerCase(Locale.ROOT), header.value().strip());
        });
        asked.components().forEach(name -> covered.computeIfAbsent(name, missing -> component(missing, request)));
        SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(key);
        String parameters = covered.keySet().stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(" ", "(", ")"))
                + ";created=" + clock.instant().getEpochSecond() + ";keyid=\"" + keyId + "\";alg=\"" + algorithm.registeredName() + "\""
                + asked.parameters();
        String base = covered.entrySet().stream().map(each -> "\"" + each.getKey() + "\": " + each.getValue() + "\n").collect(Collectors.joining())
                + "\"@signature-params\": " + parameters;
        byte[] signature = algorithm.sign(key, base.getBytes(StandardCharsets.UTF_8));
        headers.add(new Header("Signature-Input", LABEL + "=" + parameters));
        headers.add(new Header("Signature", LABEL + "=:" + Base64.getEncoder().encodeToString(signature) + ":"));
        return headers;
    }

    /** Null for what is not known here when the signature is made. */
    private static String component(String name, OutgoingRequest request) {
        String target = request.uri().requestTarget();
        int query = target.indexOf('?');
        return switch (name) {
            case "@authority", "host" -> request.hostHeader();
            case "@scheme" -> request.uri().isHttps() ? "https" : "http";
            case "@request-target" -> target;
            case "@path" -> query < 0 ? target : target.substring(0, query);
            case "@query" -> query < 0 ? "?" : target.substring(query);
            default -> null;
        };
    }
}
