package social.dunlin.config;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether this process serves, or carries out one command: then no worker, schedule or listener begins. */
@ApplicationScoped
public class RunMode {
    /** Set by {@code main} alone. */
    public static final String SERVING_PROPERTY = "dunlin.serving";

    private final boolean serving;

    public RunMode(@ConfigProperty(name = SERVING_PROPERTY, defaultValue = "true") boolean serving) {
        this.serving = serving;
    }

    public boolean isServing() {
        return serving;
    }
}
