package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.config.DunlinConfiguration;

/** What a local post may hold; shown to clients with the instance. Remote posts are never held to it. */
@ApplicationScoped
public class StatusLimits {
    public static final int MEDIA = 4;
    public static final int MEDIA_DESCRIPTION = 1500;
    public static final int POLL_OPTION_CHARACTERS = 50;
    public static final Duration POLL_SHORTEST = Duration.ofMinutes(5);
    public static final Duration POLL_LONGEST = Duration.ofDays(31);
    public static final int PINS = 5;

    private final DunlinConfiguration.Limits configured;

    public StatusLimits(DunlinConfiguration configuration) {
        this.configured = configuration.limits();
    }

    /** As {@link social.dunlin.text.StatusLength} counts them. */
    public int characters() {
        return configured.statusCharacters();
    }

    public int pollOptions() {
        return configured.pollOptions();
    }
}
