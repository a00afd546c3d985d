package social.dunlin.status;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** What belongs to a post besides its row; small values for those who show it. */
public final class StatusDetails {
    private StatusDetails() {
    }

    /** Somebody mentioned, not silently. */
    public record Mentioned(long statusId, long accountId, String username, String host, boolean local, String uri, String url) {
        /** {@code user@host}, always. */
        public String handle() {
            return username + "@" + host;
        }
    }

    /** @param name normalised; @param displayName as first written */
    public record Tag(long statusId, String name, String displayName) {
    }

    /** @param legacy written in a way that knows no consent */
    public record Quote(long statusId, OptionalLong quotedStatusId, QuoteState state, boolean legacy) {
    }

    /** What the reader did to a post. */
    public record Flags(boolean favourited, boolean reblogged, boolean bookmarked, boolean muted, boolean pinned) {
        public static final Flags NONE = new Flags(false, false, false, false, false);
    }

    /** The client it was written with. */
    public record Application(String name, String website) {
    }

    /**
     * A version of a post.
     *
     * @param media       JSON array of {id, description}
     * @param pollOptions null when it had no poll
     */
    public record Version(String spoilerText, String content, boolean sensitive, String media, List<String> pollOptions, Instant createdAt) {
    }
}
