package social.dunlin.media;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.domain.Domains;

/** Where browsers and other servers get a blob: on the host set aside for what people upload, or on the domain itself. */
@ApplicationScoped
public class MediaUrls {
    private static final String PATH = "/media/";

    private final Domains domains;
    private final Optional<String> host;

    public MediaUrls(Domains domains, DunlinConfiguration configuration) {
        this.domains = domains;
        this.host = configuration.media().host().map(name -> "https://" + name);
    }

    /** On the default domain. */
    public String of(String blob) {
        return of(domains.defaultDomain().baseUrl(), blob);
    }

    /** @param baseUrl of the domain whose person's blob it is */
    public String of(String baseUrl, String blob) {
        return host.orElse(baseUrl) + PATH + blob;
    }
}
