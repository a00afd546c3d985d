package social.dunlin.status;

import java.time.Duration;

/** What a local post may hold; shown to clients with the instance. Remote posts are never held to it. */
public final class StatusLimits {
    public static final int CHARACTERS = 500;
    public static final int MEDIA = 4;
    public static final int MEDIA_DESCRIPTION = 1500;
    public static final int POLL_OPTIONS = 4;
    public static final int POLL_OPTION_CHARACTERS = 50;
    public static final Duration POLL_SHORTEST = Duration.ofMinutes(5);
    public static final Duration POLL_LONGEST = Duration.ofDays(31);
    public static final int PINS = 5;

    private StatusLimits() {
    }
}
