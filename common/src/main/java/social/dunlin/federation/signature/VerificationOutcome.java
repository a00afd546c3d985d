package social.dunlin.federation.signature;

import java.util.List;

/** What became of a request's signature. */
public sealed interface VerificationOutcome {
    /**
     * @param keyId as sent
     * @param owner id of the actor whose key signed; the caller compares it with the activity's actor
     * @param covered the components signed, in order
     */
    record Verified(String keyId, String owner, Scheme scheme, List<String> covered) implements VerificationOutcome {
    }

    /**
     * @param text safe to send to the other side
     * @param status HTTP status of the answer: 400, 401 or 503
     */
    record Refused(Reason reason, String text, int status) implements VerificationOutcome {
    }

    /** The two forms of HTTP signatures. */
    enum Scheme {
        DRAFT_CAVAGE,
        RFC_9421
    }

    /** Why a signature is refused. */
    enum Reason {
        UNSIGNED(401),
        MALFORMED(400),
        DUPLICATE(400),
        NOT_COVERED(401),
        WRONG_HOST(401),
        OUTSIDE_TIME_WINDOW(401),
        WRONG_DIGEST(401),
        UNSUPPORTED(401),
        KEY_UNKNOWN(401),
        KEY_GONE(401),
        KEY_UNREACHABLE(503),
        WRONG_SIGNATURE(401);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}
