package social.dunlin.federation.http;

import java.util.List;
import java.util.function.Predicate;
import social.dunlin.federation.signature.Header;

/**
 * How to GET something that is read piece by piece.
 *
 * @param headers      sent besides the usual ones
 * @param acceptedType asked with the answer's Content-Type, empty when it has none
 * @param maximumBytes of the body; one that is announced to be longer is refused at once
 */
public record StreamOptions(List<Header> headers, Predicate<String> acceptedType, long maximumBytes) {
}
