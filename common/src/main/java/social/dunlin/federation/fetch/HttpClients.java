package social.dunlin.federation.fetch;

import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.federation.http.AddressResolver;
import social.dunlin.federation.http.Cidr;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.http.HttpClientSettings;
import social.dunlin.media.MediaUrls;

/** The one guarded HTTP client of this process, as the configuration says. */
@ApplicationScoped
public class HttpClients {
    /** Of this program. */
    public static final String VERSION = "0.1.0";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    @Produces
    @Singleton
    public GuardedHttpClient client(Vertx vertx, DunlinConfiguration configuration, MediaUrls urls) {
        DunlinConfiguration.Federation federation = configuration.federation();
        List<Cidr> opened = federation.allowedPrivateCidrs().orElse(List.of()).stream()
            .map(range -> new Cidr(range.network(), range.prefixLength())).toList();
        HttpClientSettings settings = HttpClientSettings.defaults(userAgent(configuration))
            .withPrivateAddresses(opened, !opened.isEmpty())
            .withTimeouts(CONNECT_TIMEOUT, federation.timeout())
            .withConcurrency(federation.perHostConcurrency(), 4 * federation.deliveryConcurrency())
            .withStreams(configuration.remoteMedia().perHostConcurrency(), configuration.remoteMedia().concurrency());
        HttpClientSettings trusting = federation.trustedCaFile().map(settings::withTrustedCertificates).orElse(settings);
        return new GuardedHttpClient(vertx, trusting, AddressResolver.system(), urls::isOwnHost);
    }

    /** Some servers refuse what does not say who it is, and block by the address found here. */
    private static String userAgent(DunlinConfiguration configuration) {
        return "Dunlin/" + VERSION + configuration.domain().map(domain -> " (+https://" + domain + "/)").orElse("");
    }

    void close(@Disposes GuardedHttpClient client) {
        client.close();
    }
}
