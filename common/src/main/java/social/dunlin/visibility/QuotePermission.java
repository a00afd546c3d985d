package social.dunlin.visibility;

import java.util.Locale;

/** Whether somebody may quote a post (FEP-044f); the API's words. */
public enum QuotePermission {
    /** The author's policy lets them, whoever decides on the author's behalf. */
    AUTOMATIC,
    /** The author decides on each request. */
    MANUAL,
    /** The author's server knows no such policy, so nobody can be asked. */
    UNKNOWN,
    DENIED;

    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
