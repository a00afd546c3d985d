package social.dunlin.media.blob;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import social.dunlin.config.DunlinConfiguration;

/** Chooses the store that the settings name. */
@ApplicationScoped
class BlobStores {
    @Produces
    @Singleton
    BlobStore store(DunlinConfiguration configuration) {
        return switch (configuration.media().store()) {
            case DISK -> new DiskBlobStore(configuration.media().dir().orElse(configuration.data().dir().resolve("media")),
                (long) configuration.media().keepFreeMegabytes() << 20);
        };
    }
}
