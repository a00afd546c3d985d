package social.dunlin.federation.signature;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.dunlin.federation.signature.StructuredFields.Item;
import social.dunlin.federation.signature.StructuredFields.Member;
import social.dunlin.federation.signature.VerificationOutcome.Reason;

/**
 * One labelled signature of RFC 9421.
 *
 * @param rawParameters the value of {@code @signature-params}, byte for byte as received
 */
record MessageSignature(String label, List<Item> components, String rawParameters, Optional<String> keyId,
        Optional<String> algorithm, Optional<String> created, Optional<String> expires, byte[] signature) {
    /** More labels than this are an attempt to make us fetch keys. */
    private static final int MAXIMUM_LABELS = 4;
    private static final int MAXIMUM_COMPONENTS = 40;

    /** Every label that has both an input and a signature. */
    static List<MessageSignature> parse(String signatureInput, String signatures) {
        List<Member> inputs = StructuredFields.parseDictionary(signatureInput);
        List<Member> values = StructuredFields.parseDictionary(signatures);
        if (inputs.size() > MAXIMUM_LABELS || values.size() > MAXIMUM_LABELS) {
            throw new SignatureRefusal(Reason.MALFORMED, "too many signatures on one request");
        }
        List<MessageSignature> parsed = new ArrayList<>();
        for (Member input : inputs) {
            values.stream().filter(value -> value.name().equals(input.name())).findFirst()
                    .ifPresent(value -> parsed.add(of(input, value)));
        }
        return parsed;
    }

    private static MessageSignature of(Member input, Member value) {
        if (!input.isInnerList() || input.items().size() > MAXIMUM_COMPONENTS) {
            throw new SignatureRefusal(Reason.MALFORMED, "unreadable Signature-Input header");
        }
        if (new HashSet<>(input.items()).size() < input.items().size()) {
            throw new SignatureRefusal(Reason.DUPLICATE, "the same component twice in the Signature-Input header");
        }
        return new MessageSignature(
                input.name(), input.items(), input.raw(),
                Optional.ofNullable(input.parameters().get("keyid")),
                Optional.ofNullable(input.parameters().get("alg")),
                Optional.ofNullable(input.parameters().get("created")),
                Optional.ofNullable(input.parameters().get("expires")),
                StructuredFields.decodeBase64(value.byteSequenceText()));
    }

    boolean covers(String name) {
        return components.stream().anyMatch(item -> item.value().equals(name) && item.parameters().isEmpty());
    }

    List<String> covered() {
        return components.stream().map(Item::value).toList();
    }

    boolean verifies(SignedRequest request, PublicKey key) {
        SignatureAlgorithm used = algorithm.map(MessageSignature::requireKnown)
                .orElseGet(() -> SignatureAlgorithm.defaultFor(key));
        byte[] base = base(component -> requestComponent(request, component)).getBytes(StandardCharsets.UTF_8);
        return used.verifies(key, base, signature);
    }

    /** The signature base; the values of components come from the caller, so that responses can be checked as well. */
    String base(Function<Item, String> valueOf) {
        return components.stream().map(item -> identifier(item) + ": " + valueOf.apply(item) + "\n")
                .collect(Collectors.joining())
                + "\"@signature-params\": " + rawParameters;
    }

    static String requestComponent(SignedRequest request, Item component) {
        boolean queryParameter = component.value().equals("@query-param");
        if (!component.parameters().isEmpty() && !queryParameter) {
            throw unsupported();
        }
        return switch (component.value()) {
            case "@method" -> request.method();
            case "@target-uri" -> request.targetUri().origin() + request.targetUri().requestTarget();
            case "@authority" -> request.targetUri().host().value();
            case "@scheme" -> request.targetUri().isHttps() ? "https" : "http";
            case "@request-target" -> request.targetUri().requestTarget();
            case "@path" -> request.path();
            case "@query" -> "?" + request.query().orElse("");
            case "@query-param" -> queryParameter(request, component);
            default -> field(request, component.value());
        };
    }

    private static String field(SignedRequest request, String name) {
        if (name.startsWith("@")) {
            throw unsupported();
        }
        return request.header(name).orElseThrow(
                () -> new SignatureRefusal(Reason.NOT_COVERED, "the signature covers a header that is not there"));
    }

    private static String queryParameter(SignedRequest request, Item component) {
        if (!component.parameters().keySet().equals(Set.of("name"))) {
            throw unsupported();
        }
        String wanted = decode(component.parameters().get("name"));
        List<String> found = Arrays.stream(request.query().orElse("").split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> decode(pair[0]).equals(wanted))
                .map(pair -> pair.length < 2 ? "" : decode(pair[1]))
                .toList();
        if (found.size() != 1) {
            throw new SignatureRefusal(Reason.NOT_COVERED, "the signature covers a query parameter that is not there once");
        }
        return URLEncoder.encode(found.getFirst(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }

    private static String identifier(Item item) {
        StringBuilder identifier = new StringBuilder("\"").append(item.value()).append('"');
        item.parameters().forEach((name, value) -> identifier.append(';').append(name).append("=\"").append(value)
                .append('"'));
        return identifier.toString();
    }

    private static SignatureAlgorithm requireKnown(String name) {
        return SignatureAlgorithm.ofRegisteredName(name).orElseThrow(
                () -> new SignatureRefusal(Reason.UNSUPPORTED, "signature algorithm not supported"));
    }

    private static SignatureRefusal unsupported() {
        return new SignatureRefusal(Reason.UNSUPPORTED, "the signature covers a component that is not supported");
    }
}
