package social.dunlin.visibility;

import java.util.Locale;

/** What a reader gets to see of a post that somebody quotes with its author's consent (behaviours §13). */
public enum QuotedView {
    SHOWN,
    /** The reader blocks the quoted author; given, so that a client may offer to show it. So are the next two. */
    BLOCKED_ACCOUNT,
    BLOCKED_DOMAIN,
    MUTED_ACCOUNT,
    /** Not this reader's to see. */
    UNAUTHORIZED;

    /** False when nothing of the quoted post may be given. */
    public boolean isGiven() {
        return this != UNAUTHORIZED;
    }

    /** The API's word for the state of the quote. */
    public String apiName() {
        return this == SHOWN ? "accepted" : name().toLowerCase(Locale.ROOT);
    }
}
