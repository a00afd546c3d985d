package social.dunlin.federation.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import social.dunlin.federation.signature.RequestSigner;

/**
 * How to GET something.
 *
 * @param accept the Accept header
 * @param acceptedType asked with the answer's Content-Type, empty when it has none
 * @param signer asked anew for each hop; signs nothing by default
 * @param maximumBodyBytes when smaller than the client's own limit
 * @param cutsOff whether a longer body is cut off there instead of refused
 */
public record FetchOptions(String accept, Predicate<String> acceptedType, RequestSigner signer,
        Optional<FetchBudget> budget, int maximumBodyBytes, boolean cutsOff) {
    private static final RequestSigner UNSIGNED = request -> List.of();

    public static FetchOptions of(String accept, Predicate<String> acceptedType) {
        return new FetchOptions(accept, acceptedType, UNSIGNED, Optional.empty(), Integer.MAX_VALUE, false);
    }

    /** For actors, objects and collections. */
    public static FetchOptions activity() {
        return of(MediaTypes.ACCEPT_ACTIVITY, MediaTypes::isActivity);
    }

    /** For WebFinger and NodeInfo. */
    public static FetchOptions json() {
        return of("application/jrd+json, application/json", MediaTypes::isJson);
    }

    public FetchOptions signedBy(RequestSigner newSigner) {
        return new FetchOptions(accept, acceptedType, newSigner, budget, maximumBodyBytes, cutsOff);
    }

    public FetchOptions within(FetchBudget newBudget) {
        return new FetchOptions(accept, acceptedType, signer, Optional.of(newBudget), maximumBodyBytes, cutsOff);
    }

    public FetchOptions withMaximumBody(int bytes) {
        return new FetchOptions(accept, acceptedType, signer, budget, bytes, cutsOff);
    }

    /** For what is worth reading by its beginning alone, as the head of a page. */
    public FetchOptions cutOffAt(int bytes) {
        return new FetchOptions(accept, acceptedType, signer, budget, bytes, true);
    }
}
