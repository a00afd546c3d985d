package social.dunlin.federation.signature;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import social.dunlin.id.ObjectUri;

/**
 * A request as it came over the wire.
 *
 * @param method in upper case
 * @param targetUri the full public address the sender used: public scheme, Host header, raw path and query. Behind a
 *     proxy it is built from the forwarded values, for those are what was signed
 * @param headers in the order received, repeated lines apart
 * @param body the raw bytes, before any parsing
 */
public record SignedRequest(String method, ObjectUri targetUri, List<Header> headers, byte[] body) {
    public SignedRequest {
        headers = List.copyOf(headers);
    }

    /** All lines of one name, trimmed and joined as both signature forms want it; empty when there is no such line. */
    public Optional<String> header(String name) {
        List<String> values = headerLines(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    List<String> headerLines(String name) {
        return headers.stream().filter(header -> header.isNamed(name)).map(header -> header.value().strip())
                .collect(Collectors.toList());
    }

    String path() {
        String target = targetUri.requestTarget();
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The query without its question mark. */
    Optional<String> query() {
        String target = targetUri.requestTarget();
        int query = target.indexOf('?');
        return query < 0 ? Optional.empty() : Optional.of(target.substring(query + 1));
    }

    /** Whether there is a body that a signature must cover. */
    boolean carriesBody() {
        return body.length > 0 || method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }
}
