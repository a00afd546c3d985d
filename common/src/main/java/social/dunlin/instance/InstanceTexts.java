package social.dunlin.instance;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.domain.Domain;

/** How a served domain presents itself: in its own words, or in those of the install's settings. */
@ApplicationScoped
public class InstanceTexts {
    private static final String GENERAL_DESCRIPTION = "A small server of the fediverse.";

    private final DunlinConfiguration.Instance configured;
    private final Instant since = Instant.now();

    public InstanceTexts(DunlinConfiguration configuration) {
        this.configured = configuration.instance();
    }

    public String title(Domain domain) {
        return own(domain.title()).orElseGet(configured::title);
    }

    /** Empty when nobody has written one. */
    public Optional<String> writtenDescription(Domain domain) {
        return own(domain.description()).or(configured::description);
    }

    public String description(Domain domain) {
        return writtenDescription(domain).orElse(GENERAL_DESCRIPTION);
    }

    /** From when on these words are known to hold: settings are read when the process starts. */
    public Instant since() {
        return since;
    }

    public Optional<String> contactEmail(Domain domain) {
        return own(domain.contactEmail()).or(configured::contactEmail);
    }

    private static Optional<String> own(String text) {
        return Optional.ofNullable(text).filter(written -> !written.isBlank());
    }
}
