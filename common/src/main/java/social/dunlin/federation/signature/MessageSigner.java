package social.dunlin.federation.signature;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Signs as RFC 9421 with the components Mastodon asks for: method, full address and, with a body, its digest. */
public final class MessageSigner implements RequestSigner {
    private static final String LABEL = "sig1";

    private final String keyId;
    private final PrivateKey key;
    private final Clock clock;
    private final List<Header> additional;

    public MessageSigner(String keyId, PrivateKey key, Clock clock) {
        this(keyId, key, clock, List.of());
    }

    /** @param additional headers to be sent and signed as well */
    public MessageSigner(String keyId, PrivateKey key, Clock clock, List<Header> additional) {
        this.keyId = keyId;
        this.key = key;
        this.clock = clock;
        this.additional = List.copyOf(additional);
    }

    @Override
    public List<Header> sign(OutgoingRequest request) {
        List<Header> headers = new ArrayList<>();
        String components = "\"@method\" \"@target-uri\"";
        String base = "\"@method\": " + request.method()
                + "\n\"@target-uri\": " + request.uri().origin() + request.uri().requestTarget() + "\n";
        if (request.carriesBody()) {
            String digest = BodyDigest.contentDigestHeader(request.body());
            headers.add(new Header("Content-Digest", digest));
            components += " \"content-digest\"";
            base += "\"content-digest\": " + digest + "\n";
        }
        for (Header header : additional) {
            String name = "\"" + header.name().toLowerCase(Locale.ROOT) + "\"";
            headers.add(header);
            components += " " + name;
            base += name + ": " + header.value().strip() + "\n";
        }
        SignatureAlgorithm algorithm = SignatureAlgorithm.defaultFor(key);
        String parameters = "(" + components + ");created=" + clock.instant().getEpochSecond()
                + ";keyid=\"" + keyId + "\";alg=\"" + algorithm.registeredName() + "\"";
        base += "\"@signature-params\": " + parameters;
        byte[] signature = algorithm.sign(key, base.getBytes(StandardCharsets.UTF_8));
        headers.add(new Header("Signature-Input", LABEL + "=" + parameters));
        headers.add(new Header("Signature", LABEL + "=:" + Base64.getEncoder().encodeToString(signature) + ":"));
        return headers;
    }
}
