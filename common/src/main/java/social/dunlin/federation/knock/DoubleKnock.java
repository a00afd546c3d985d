package social.dunlin.federation.knock;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.FetchOptions;
import social.dunlin.federation.http.FetchResponse;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.http.ResponseHeaders;
import social.dunlin.federation.key.SigningKeys;
import social.dunlin.federation.signature.AcceptSignature;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.RequestSigner;
import social.dunlin.id.ObjectUri;

/**
 * Requests signed in the form their host is known to take, else as draft-cavage, and once more when the answer says that
 * the signature is not liked: as it asks (Accept-Signature, RFC 9421 §5), else in the other form. Each try is signed anew.
 */
@ApplicationScoped
public class DoubleKnock {
    /** Answers to a signature that is not liked. */
    private static final Set<Integer> DISLIKED = Set.of(400, 401);
    /** Some say it otherwise (PeerTube 403, Threads 404), but so do many who mean what they say: asked of strangers only. */
    private static final Set<Integer> MAYBE_DISLIKED_DELIVERY = Set.of(403, 404, 410);
    /** 404 and 410 of a fetch are mostly true, and a second fetch of everything missing would be a burden. */
    private static final Set<Integer> MAYBE_DISLIKED_FETCH = Set.of(403);

    private final GuardedHttpClient client;
    private final SigningKeys keys;
    private final KnownSchemes schemes;

    public DoubleKnock(GuardedHttpClient client, SigningKeys keys, KnownSchemes schemes) {
        this.client = client;
        this.keys = keys;
        this.schemes = schemes;
    }

    /**
     * A signed GET. Only the second form's success is remembered: a first that is answered may not have been looked at.
     *
     * @throws FetchException as {@link GuardedHttpClient#get}; of two refusals the first
     */
    public FetchResponse get(long signerId, ObjectUri uri, FetchOptions options) {
        String host = uri.host().value();
        Optional<SignatureScheme> known = schemes.of(host);
        SignatureScheme first = known.orElse(SignatureScheme.CAVAGE);
        try {
            return client.get(uri, options.signedBy(signer(signerId, first, List.of())));
        } catch (FetchException.BadStatus disliked) {
            if (!knocksAgain(disliked.status(), known, MAYBE_DISLIKED_FETCH)) {
                throw disliked;
            }
            Knock second = second(signerId, first, List.of(), disliked.status(), disliked.headers());
            try {
                FetchResponse response = client.get(uri, options.signedBy(second.signer));
                schemes.remember(host, second.scheme);
                return response;
            } catch (FetchException.BadStatus again) {
                throw disliked;
            }
        }
    }

    /**
     * What came of a delivery.
     *
     * @param taken the form that was taken; null when none was
     */
    public record Delivered(FetchResponse response, SignatureScheme taken) {
    }

    /**
     * A signed POST; the caller remembers what was taken, for many deliveries at once.
     *
     * @param known   the form the host is known to take
     * @param covered headers that are sent and signed besides what is always signed
     */
    public Delivered post(long signerId, ObjectUri inbox, List<Header> headers, List<Header> covered, byte[] body,
            Optional<SignatureScheme> known) {
        SignatureScheme first = known.orElse(SignatureScheme.CAVAGE);
        FetchResponse response = client.post(inbox, headers, body, signer(signerId, first, covered));
        if (response.isSuccess()) {
            return new Delivered(response, first);
        }
        if (!knocksAgain(response.status(), known, MAYBE_DISLIKED_DELIVERY)) {
            return new Delivered(response, null);
        }
        Knock second = second(signerId, first, covered, response.status(), response.headers());
        FetchResponse again = client.post(inbox, headers, body, second.signer);
        return again.isSuccess() ? new Delivered(again, second.scheme) : new Delivered(response, null);
    }

    private record Knock(SignatureScheme scheme, RequestSigner signer) {
    }

    private Knock second(long signerId, SignatureScheme first, List<Header> covered, int status, ResponseHeaders answer) {
        Optional<AcceptSignature> asked = status == 401 ? answer.first("Accept-Signature").flatMap(AcceptSignature::parse) : Optional.empty();
        return asked.map(wanted -> new Knock(SignatureScheme.RFC_9421, keys.rfc9421(signerId, covered, wanted)))
            .orElseGet(() -> new Knock(first.other(), signer(signerId, first.other(), covered)));
    }

    private static boolean knocksAgain(int status, Optional<SignatureScheme> known, Set<Integer> maybeDisliked) {
        return DISLIKED.contains(status) || known.isEmpty() && maybeDisliked.contains(status);
    }

    private RequestSigner signer(long signerId, SignatureScheme scheme, List<Header> covered) {
        return switch (scheme) {
            case CAVAGE -> keys.cavage(signerId, covered);
            case RFC_9421 -> keys.rfc9421(signerId, covered, AcceptSignature.NOTHING);
        };
    }
}
