package social.dunlin.media.proxy;

import java.util.Map;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.event.EventBus;
import social.dunlin.federation.fetch.FetchFailures;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.cache.CachedMediaStore;
import social.dunlin.media.cache.RemoteMediaCache;
import social.dunlin.queue.Jobs;
import social.dunlin.testing.TestConfiguration;

/** The proxy of media for tests of other packages, put together as the container does. Its addresses are always the same. */
public final class ProxiedMedia {
    public static final DunlinConfiguration CONFIGURATION = TestConfiguration.of(Map.of(
        "dunlin.remote-media.secret", "thirty-two letters are the least of it", "dunlin.remote-media.largest-megabytes", "1",
        "dunlin.remote-media.cache", "off"));

    private ProxiedMedia() {
    }

    public static MediaAddresses addresses(Database database, EventBus events, Domains domains) {
        return addresses(database, new MediaRejections(database, events), domains);
    }

    public static MediaAddresses addresses(Database database, MediaRejections rejections, Domains domains) {
        return addresses(database, rejections, new MediaUrls(domains, CONFIGURATION));
    }

    public static MediaAddresses addresses(Database database, MediaRejections rejections, MediaUrls urls) {
        // Read once, so that no test that counts statements meets it.
        rejections.all();
        return new MediaAddresses(new ProxySecret(database, CONFIGURATION), rejections, urls);
    }

    /** One that keeps no copies. */
    public static MediaProxy proxy(Database database, EventBus events, MediaAddresses addresses, GuardedHttpClient client) {
        RemoteMediaCache none = new RemoteMediaCache(new CachedMediaStore(database), null, null, client, new FetchFailures(database), addresses,
            Jobs.of(database, events), CONFIGURATION);
        return proxy(database, addresses, client, none);
    }

    public static MediaProxy proxy(Database database, MediaAddresses addresses, GuardedHttpClient client, RemoteMediaCache cache) {
        return new MediaProxy(addresses, new ProxySecret(database, CONFIGURATION), client, new FetchFailures(database), cache, CONFIGURATION);
    }
}
