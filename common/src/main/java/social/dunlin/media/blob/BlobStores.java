package social.dunlin.media.blob;

import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.MediaConfiguration.MediaStoreKind;
import social.dunlin.federation.fetch.HttpClients;
import social.dunlin.federation.http.ServiceHttpClient;
import social.dunlin.id.ObjectUri;

/** Makes the stores that the settings name. */
@ApplicationScoped
public class BlobStores {
    private static final int CONNECTIONS = 16;

    private final DunlinConfiguration configuration;
    private final Vertx vertx;
    private final Map<MediaStoreKind, BlobStore> made = new ConcurrentHashMap<>();

    public BlobStores(DunlinConfiguration configuration, Vertx vertx) {
        this.configuration = configuration;
        this.vertx = vertx;
    }

    /** What is used everywhere: the store of the settings, and for reading the one before where there may be one. */
    @Produces
    @Singleton
    public BlobStore both() {
        BlobStore store = of(inUse());
        return former().<BlobStore>map(kind -> new FallbackBlobStore(store, of(kind))).orElse(store);
    }

    public MediaStoreKind inUse() {
        return configuration.media().store();
    }

    /** Scheme and host from which readers fetch files themselves, where they do. */
    public Optional<String> origin() {
        if (inUse() != MediaStoreKind.S3) {
            return Optional.empty();
        }
        S3Settings settings = S3Settings.of(configuration.s3());
        return switch (settings.delivery()) {
            case STREAMED -> Optional.empty();
            case SIGNED -> Optional.of(settings.base());
            case PUBLIC -> settings.publicUrl().flatMap(ObjectUri::tryParse).map(ObjectUri::origin);
        };
    }

    /** The one that was in use before, where there is one that could have been. */
    public Optional<MediaStoreKind> former() {
        return switch (inUse()) {
            case DISK -> configuration.s3().bucket().isPresent() && configuration.s3().accessKey().isPresent() && configuration.s3().secretKey().isPresent()
                ? Optional.of(MediaStoreKind.S3) : Optional.empty();
            case S3 -> Files.isDirectory(folder()) ? Optional.of(MediaStoreKind.DISK) : Optional.empty();
        };
    }

    private Path folder() {
        return configuration.media().dir().orElse(configuration.data().dir().resolve("media"));
    }

    /** One of them alone. */
    public BlobStore of(MediaStoreKind kind) {
        return made.computeIfAbsent(kind, this::make);
    }

    private BlobStore make(MediaStoreKind kind) {
        return switch (kind) {
            case DISK -> new DiskBlobStore(folder(), (long) configuration.media().keepFreeMegabytes() << 20);
            case S3 -> new S3BlobStore(S3Settings.of(configuration.s3()),
                new ServiceHttpClient(vertx, "Dunlin/" + HttpClients.VERSION, configuration.federation().trustedCaFile(), CONNECTIONS), Clock.systemUTC());
        };
    }
}
