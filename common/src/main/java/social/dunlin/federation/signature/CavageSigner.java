package social.dunlin.federation.signature;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Signs as draft-cavage in the narrow form that every known reader takes: four quoted parameters in this order, no space
 * after commas, SHA-256 in upper case and alone, {@code (request-target) host date} and, with a body, {@code digest}.
 */
public final class CavageSigner implements RequestSigner {
    // RFC 7231 wants two digits for the day; RFC_1123_DATE_TIME writes one.
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final String keyId;
    private final PrivateKey key;
    private final Clock clock;
    private final List<Header> additional;

    public CavageSigner(String keyId, PrivateKey key, Clock clock) {
        this(keyId, key, clock, List.of());
    }

    /** @param additional headers to be sent and signed as well */
    public CavageSigner(String keyId, PrivateKey key, Clock clock, List<Header> additional) {
        this.keyId = keyId;
        this.key = key;
        this.clock = clock;
        this.additional = List.copyOf(additional);
    }

    @Override
    public List<Header> sign(OutgoingRequest request) {
        String date = DATE.format(ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        String message = "(request-target): " + request.method().toLowerCase(Locale.ROOT) + " "
                + request.uri().requestTarget()
                + "\nhost: " + request.hostHeader()
                + "\ndate: " + date;
        String covered = "(request-target) host date";
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Date", date));
        if (request.carriesBody()) {
            String digest = BodyDigest.digestHeader(request.body());
            headers.add(new Header("Digest", digest));
            message += "\ndigest: " + digest;
            covered += " digest";
        }
        for (Header header : additional) {
            String name = header.name().toLowerCase(Locale.ROOT);
            headers.add(header);
            message += "\n" + name + ": " + header.value().strip();
            covered += " " + name;
        }
        byte[] signature = SignatureAlgorithm.defaultFor(key).sign(key, message.getBytes(StandardCharsets.UTF_8));
        headers.add(new Header("Signature", "keyId=\"" + keyId + "\",algorithm=\"" + label() + "\",headers=\"" + covered
                + "\",signature=\"" + Base64.getEncoder().encodeToString(signature) + "\""));
        return headers;
    }

    private String label() {
        return key instanceof RSAKey ? "rsa-sha256" : "hs2019";
    }
}
