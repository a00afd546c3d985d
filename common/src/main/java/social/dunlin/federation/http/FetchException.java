package social.dunlin.federation.http;

/** Why a request brought nothing. The message is safe to show: it names no address, no path and no cause. */
public abstract sealed class FetchException extends RuntimeException {
    private FetchException(String safeText, Throwable cause) {
        super(safeText, cause);
    }

    /** Our own rules forbid it; trying again is of no use. */
    public static final class Refused extends FetchException {
        public Refused(String safeText) {
            super(safeText, null);
        }
    }

    /** Network, certificate, time: may work later. */
    public static non-sealed class Unreachable extends FetchException {
        public Unreachable(String safeText, Throwable cause) {
            super(safeText, cause);
        }
    }

    /** The fault is here: too many requests are under way. */
    public static final class Busy extends Unreachable {
        public Busy(String safeText) {
            super(safeText, null);
        }
    }

    /** The body, compressed or not, is over the limit. */
    public static final class TooLarge extends FetchException {
        public TooLarge() {
            super("the other server's answer is too large", null);
        }
    }

    /** The answer is not of a type, or not in an encoding, that was asked for. */
    public static final class WrongType extends FetchException {
        public WrongType() {
            super("the other server's answer is not of the expected type", null);
        }
    }

    /** The other side answered, and not with 2xx. */
    public static final class BadStatus extends FetchException {
        private final int status;
        private final transient ResponseHeaders headers;

        public BadStatus(int status, ResponseHeaders headers) {
            super("the other server answered with status " + status, null);
            this.status = status;
            this.headers = headers;
        }

        public int status() {
            return status;
        }

        /** For {@code Retry-After} and {@code Accept-Signature}. */
        public ResponseHeaders headers() {
            return headers;
        }

        /** 410: the thing was there and is deleted for good. */
        public boolean isGone() {
            return status == 410;
        }
    }

    /** The activity that asks for this has used up what it may cost. */
    public static final class BudgetExhausted extends FetchException {
        public BudgetExhausted() {
            super("too many fetches for one activity", null);
        }
    }
}
