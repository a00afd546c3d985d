package social.dunlin.federation.knock;

import java.time.Duration;
import java.util.List;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.OutgoingRequest;
import social.dunlin.federation.signature.RequestSigner;

/**
 * Has signed one request already. What waited long for its turn is signed anew, since readers compare the date with their
 * own clock.
 */
final class SignedAhead implements RequestSigner {
    private static final long KEEPS_NANOSECONDS = Duration.ofSeconds(5).toNanos();

    private final RequestSigner signer;
    private final List<Header> headers;
    private final long signedAt;

    private SignedAhead(RequestSigner signer, List<Header> headers, long signedAt) {
        this.signer = signer;
        this.headers = headers;
        this.signedAt = signedAt;
    }

    static SignedAhead of(RequestSigner signer, OutgoingRequest request) {
        return new SignedAhead(signer, signer.sign(request), System.nanoTime());
    }

    @Override
    public List<Header> sign(OutgoingRequest request) {
        return System.nanoTime() - signedAt < KEEPS_NANOSECONDS ? headers : signer.sign(request);
    }
}
