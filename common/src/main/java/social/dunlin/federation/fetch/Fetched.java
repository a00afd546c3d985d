package social.dunlin.federation.fetch;

import social.dunlin.activitypub.ApObject;
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
        /** No such address is ever asked: our own host, a private network, not https. */
        FORBIDDEN,
        /** Network trouble, 429 or 5xx: another time it may work. */
        UNREACHABLE,
        /** The cause has used up what it may cost. */
        BUDGET_SPENT
    }
}
