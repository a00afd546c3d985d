package social.dunlin.federation.signature;

import social.dunlin.federation.signature.VerificationOutcome.Reason;
import social.dunlin.federation.signature.VerificationOutcome.Refused;

/** Carries a refusal from the step that finds it to {@link SignatureVerifier#verify}; never leaves the package. */
final class SignatureRefusal extends RuntimeException {
    private final transient Refused refused;

    SignatureRefusal(Reason reason, String safeText) {
        super(safeText, null, false, false);
        refused = new Refused(reason, safeText, reason.status());
    }

    Refused refused() {
        return refused;
    }
}
