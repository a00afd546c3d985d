package social.dunlin.domain;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import social.dunlin.StartupException;
import social.dunlin.config.PublicAddress;
import social.dunlin.config.RunMode;

/**
 * Which domain an install stands for is said by the settings; what it stood for before stays served. So one who has
 * tried Dunlin out sets a domain and goes on.
 */
@ApplicationScoped
public class ConfiguredDomain {
    private static final Logger LOG = Logger.getLogger(ConfiguredDomain.class);

    private final Domains domains;
    private final PublicAddress address;
    private final RunMode mode;

    public ConfiguredDomain(Domains domains, PublicAddress address, RunMode mode) {
        this.domains = domains;
        this.address = address;
        this.mode = mode;
    }

    /** At every start, once the schema is there. */
    public void serve() {
        Optional<Domain> before = domains.findDefault();
        // A command that knows no domain acts on the one that is served, on whatever port.
        if (!address.isConfigured() && before.isPresent() && !mode.isServing()) {
            return;
        }
        if (!address.isConfigured() && before.isPresent() && !before.get().isTryOut()) {
            throw new StartupException(StartupException.BAD_CONFIGURATION,
                "This database belongs to %1$s, but no domain is set: set domain = \"%1$s\" (DUNLIN_DOMAIN).".formatted(before.get().name()), null);
        }
        Domain now = domains.addDefault(address.domain(), address.domain());
        before.filter(other -> other.id() != now.id()).ifPresent(other ->
            LOG.infof("%s is the default domain from now on; %s is served as before.", now.name(), other.name()));
    }
}
