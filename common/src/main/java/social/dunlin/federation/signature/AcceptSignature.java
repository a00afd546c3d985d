package social.dunlin.federation.signature;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server that answers 401 asks a signature to hold (RFC 9421 §5.1): components besides the usual ones, a nonce, a tag.
 *
 * @param components names as asked; what cannot be given is left out when signing
 * @param parameters as they follow the others, each with its semicolon
 */
public record AcceptSignature(List<String> components, String parameters) {
    public static final AcceptSignature NOTHING = new AcceptSignature(List.of(), "");
    private static final int MAXIMUM_COMPONENTS = 20;

    /** The first signature that is asked for; empty when the header cannot be read. */
    public static Optional<AcceptSignature> parse(String header) {
        try {
            return StructuredFields.parseDictionary(header).stream().filter(StructuredFields.Member::isInnerList).findFirst().map(AcceptSignature::of);
        } catch (SignatureRefusal unreadable) {
            return Optional.empty();
        }
    }

    private static AcceptSignature of(StructuredFields.Member asked) {
        return new AcceptSignature(
            asked.items().stream().filter(item -> item.parameters().isEmpty()).map(StructuredFields.Item::value).limit(MAXIMUM_COMPONENTS).toList(),
            Stream.of("nonce", "tag").filter(asked.parameters()::containsKey).map(name -> parameter(name, asked.parameters()))
                .collect(Collectors.joining()));
    }

    private static String parameter(String name, Map<String, String> parameters) {
        return ";" + name + "=\"" + parameters.get(name).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
