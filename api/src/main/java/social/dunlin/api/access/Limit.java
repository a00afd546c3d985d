package social.dunlin.api.access;

import java.time.Duration;

/** How often something may be done (reference: behaviours §5). Windows begin on the clock, not with the first request. */
public enum Limit {
    USER(1500, Duration.ofMinutes(5)),
    TOKEN(300, Duration.ofMinutes(5)),
    ANONYMOUS(300, Duration.ofMinutes(5)),
    MEDIA_UPLOAD(30, Duration.ofMinutes(30)),
    STATUS_REMOVAL(30, Duration.ofMinutes(30)),
    /** Pages behind the first. */
    PAGE(300, Duration.ofMinutes(15)),
    /** Posts, boosts and edits of one account, whatever app makes them. */
    STATUS(300, Duration.ofHours(3)),
    FOLLOW(400, Duration.ofHours(24)),
    APPLICATION_REGISTRATION(5, Duration.ofMinutes(10)),
    REPORT(400, Duration.ofHours(24)),
    SIGN_UP(5, Duration.ofMinutes(30)),
    /** Letters asked for from one address; each goes to one login at most. */
    LETTER(5, Duration.ofMinutes(15)),
    /** Other servers asked where their people follow and answer, from one address. */
    REMOTE_INTERACTION(10, Duration.ofMinutes(5)),
    /** Tries to log in from one address. */
    LOG_IN_ADDRESS(25, Duration.ofMinutes(5)),
    /** Tries to log in under one name, wherever they come from. */
    LOG_IN_NAME(10, Duration.ofMinutes(15)),
    /** Pictures and films from one address. */
    FILE(15_000, Duration.ofMinutes(5)),
    /** Other servers from one address; the large ones send fifty activities in a second. */
    SERVER_ADDRESS(15_000, Duration.ofMinutes(5)),

    /** Signed activities of one owner's servers. */
    SERVER(15_000, Duration.ofMinutes(5)),

    /** Pictures and films of other servers for one address; a page of a timeline shows a hundred. */
    PROXIED_MEDIA(6_000, Duration.ofMinutes(5)),

    /** Guesses of a client secret or a code. */
    TOKEN_REQUEST(60, Duration.ofMinutes(5));

    private final int count;
    private final Duration window;

    Limit(int count, Duration window) {
        this.count = count;
        this.window = window;
    }

    public int count() {
        return count;
    }

    public Duration window() {
        return window;
    }

    /** Counted by account, and told to the client whatever else is tighter: it says how much can still be posted. */
    boolean isOfAccount() {
        return this == STATUS || this == FOLLOW || this == REPORT;
    }
}
