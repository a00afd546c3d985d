package social.dunlin.config;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.id.Host;

/**
 * Under which address this install is known: {@code https://DOMAIN}, or {@code http://localhost:PORT} as long as no
 * domain is set. Nothing is derived from a request's headers.
 */
@ApplicationScoped
public class PublicAddress {
    private final DunlinConfiguration configuration;

    public PublicAddress(DunlinConfiguration configuration) {
        this.configuration = configuration;
    }

    /** What stands in handles after the second @: {@code example.org} (international names in Punycode), or {@code localhost:8080}. */
    public String domain() {
        return configuration.domain().map(domain -> Host.parse(domain).value())
                .orElseGet(() -> "localhost:" + configuration.http().port());
    }

    /** False as long as Dunlin is only tried out on this machine. */
    public boolean isConfigured() {
        return configuration.domain().isPresent();
    }

    /** Without a slash at its end. */
    public String baseUrl() {
        return (isConfigured() ? "https://" : "http://") + domain();
    }
}
