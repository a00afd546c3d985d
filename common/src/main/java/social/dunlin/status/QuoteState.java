package social.dunlin.status;

import java.util.Locale;

/** How far a quote has come (behaviours §13), as stored; what a reader is shown depends on the reader too. */
public enum QuoteState {
    /** Nobody has said yes or no. */
    PENDING,
    ACCEPTED,
    /** The quoted author said no. */
    REJECTED,
    /** The quoted author said yes and took it back. */
    REVOKED,
    /** The quoted post is gone. */
    DELETED,
    /** The consent it claims is none, or it was written in a way that asks for none where consent is due. */
    UNAUTHORIZED;

    /** As stored and as the client API spells it. */
    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static QuoteState ofApiName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
