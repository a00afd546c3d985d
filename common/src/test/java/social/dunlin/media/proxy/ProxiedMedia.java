package social.dunlin.media.proxy;

import java.util.Map;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.event.EventBus;
import social.dunlin.federation.fetch.FetchFailures;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.testing.TestConfiguration;

/** The proxy of media for tests of other packages, put together as the container does. Its addresses are always the same. */
public final class ProxiedMedia {
    public static final DunlinConfiguration CONFIGURATION = TestConfiguration.of(Map.of(
        "dunlin.remote-media.secret", "thirty-two letters are the least of it", "dunlin.remote-media.largest-megabytes", "1"));

    private ProxiedMedia() {
    }

    public static MediaAddresses addresses(Database database, EventBus events, Domains domains) {
        return addresses(database, new MediaRejections(database, events), domains);
    }

    public static MediaAddresses addresses(Database database, MediaRejections rejections, Domains domains) {
        // Read once, so that no test that counts statements meets it.
        rejections.all();
        return new MediaAddresses(new ProxySecret(database, CONFIGURATION), rejections, domains);
    }

    public static MediaProxy proxy(Database database, MediaAddresses addresses, GuardedHttpClient client) {
        return new MediaProxy(addresses, new ProxySecret(database, CONFIGURATION), client, new FetchFailures(database), CONFIGURATION);
    }
}
