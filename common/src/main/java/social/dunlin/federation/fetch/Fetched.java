package social.dunlin.federation.fetch;

import social.dunlin.activitypub.ApObject;
import social.dunlin.federation.http.FetchException;
import social.dunlin.id.ObjectUri;

/** What became of fetching a document. */
public sealed interface Fetched {
    /**
     * @param uri where it came from in the end, after redirects; without fragment
     */
    record Document(ObjectUri uri, ApObject object) implements Fetched {
    }

    /** There is nothing to be had; the reason decides whether trying again can help. */
    record Failed(Reason reason) implements Fetched {
    }

    /** Why a document could not be had. */
    enum Reason {
        /** 410. */
        GONE,
        /** 404 and what else says that there is none. */
        NOT_FOUND,
        /** 401 or 403: it may be there, but not for us. */
        DENIED,
        /** It answered something that is no ActivityPub document, or one that does not bear its address. */
        UNUSABLE,
        /** No such address is ever asked: our own host, a private network, a blocked server, not https. */
        FORBIDDEN,
        /** Network trouble, 429 or 5xx: another time it may work. */
        UNREACHABLE,
        /** The cause has used up what it may cost. */
        BUDGET_SPENT;

        /** Whether the address itself is at fault, so that it had better be left alone for a while. */
        public boolean isWorthRemembering() {
            return switch (this) {
                case GONE, NOT_FOUND, DENIED, UNUSABLE, UNREACHABLE -> true;
                case FORBIDDEN, BUDGET_SPENT -> false;
            };
        }

        public static Reason of(FetchException failure) {
            return switch (failure) {
                case FetchException.Refused refused -> FORBIDDEN;
                case FetchException.Unreachable unreachable -> UNREACHABLE;
                case FetchException.TooLarge large -> UNUSABLE;
                case FetchException.WrongType type -> UNUSABLE;
                case FetchException.BudgetExhausted spent -> BUDGET_SPENT;
                case FetchException.BadStatus status -> of(status.status());
            };
        }

        private static Reason of(int status) {
            return switch (status) {
                case 410 -> GONE;
                case 401, 403 -> DENIED;
                case 408, 425, 429 -> UNREACHABLE;
                default -> status >= 500 ? UNREACHABLE : NOT_FOUND;
            };
        }
    }
}
