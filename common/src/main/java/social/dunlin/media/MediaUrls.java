package social.dunlin.media;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.StartupException;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.domain.Domains;
import social.dunlin.id.Host;

/** Where browsers and other servers get a blob: on the host set aside for what people upload, or on the domain itself. */
@ApplicationScoped
public class MediaUrls {
    /** Begins the path of every file. */
    public static final String PATH = "/media/";

    private final Domains domains;
    private final Optional<Host> host;

    public MediaUrls(Domains domains, DunlinConfiguration configuration) {
        this.domains = domains;
        this.host = configuration.media().host().map(name -> Host.tryParse(name).orElseThrow(() -> new StartupException(StartupException.BAD_CONFIGURATION,
            "media.host: '%s' is no name of a host.".formatted(name), null)));
    }

    /** Scheme and host set aside for what people upload, where there is one. */
    public Optional<String> origin() {
        return host.map(name -> "https://" + name.value());
    }

    /** Whether files there are ours, be it a domain's host or the one set aside: nothing is ever fetched from it. */
    public boolean isOwnHost(Host name) {
        return isSetAside(name) || domains.isOwnHost(name.value());
    }

    /** Whether it serves files and nothing else. */
    public boolean isSetAside(Host name) {
        return host.filter(name::equals).isPresent();
    }

    /** On the default domain. */
    public String of(String blob) {
        return of(domains.defaultDomain().baseUrl(), blob);
    }

    /** @param baseUrl of the domain whose person's blob it is */
    public String of(String baseUrl, String blob) {
        return origin().orElse(baseUrl) + PATH + blob;
    }
}
