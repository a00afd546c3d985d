package social.dunlin.media.blob;

import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.DunlinConfiguration.MediaStoreKind;
import social.dunlin.federation.fetch.HttpClients;
import social.dunlin.federation.http.ServiceHttpClient;

/** Makes the stores that the settings name. */
@ApplicationScoped
public class BlobStores {
    private static final int CONNECTIONS = 16;

    private final DunlinConfiguration configuration;
    private final Vertx vertx;

    BlobStores(DunlinConfiguration configuration, Vertx vertx) {
        this.configuration = configuration;
        this.vertx = vertx;
    }

    @Produces
    @Singleton
    BlobStore store() {
        return of(configuration.media().store());
    }

    /** The one in use or the other one. The bucket's settings have to be there for the latter. */
    public BlobStore of(MediaStoreKind kind) {
        return switch (kind) {
            case DISK -> new DiskBlobStore(configuration.media().dir().orElse(configuration.data().dir().resolve("media")),
                (long) configuration.media().keepFreeMegabytes() << 20);
            case S3 -> new S3BlobStore(S3Settings.of(configuration.s3()),
                new ServiceHttpClient(vertx, "Dunlin/" + HttpClients.VERSION, configuration.federation().trustedCaFile(), CONNECTIONS), Clock.systemUTC());
        };
    }
}
