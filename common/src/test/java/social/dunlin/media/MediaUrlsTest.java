package social.dunlin.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.StartupException;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.event.EventBus;
import social.dunlin.federation.fetch.HttpClients;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.FetchOptions;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.MediaRejections;
import social.dunlin.media.proxy.ProxiedMedia;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.TestConfiguration;
import social.dunlin.testing.Village;

/** Files of ours on a host of their own: ours all the same. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaUrlsTest {
    private static final String SET_ASIDE = "https://xn--bcher-kva.example";
    private final DunlinConfiguration configuration = TestConfiguration.of(Map.of("dunlin.media.host", "Bücher.example"));
    private Domains domains;
    private Domain domain;
    private MediaUrls urls;
    private MediaAddresses addresses;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        Village village = Village.settle(database);
        domains = village.domains();
        domain = domains.defaultDomain();
        urls = new MediaUrls(domains, configuration);
        addresses = ProxiedMedia.addresses(database, new MediaRejections(database, EventBus.of(database, vertx, options, true)), urls);
    }

    @Test
    void filesHaveTheAddressOfTheHostSetAside() {
        assertEquals(SET_ASIDE + "/media/picture/x.png", urls.of("picture/x.png"));
        assertEquals(Optional.of(SET_ASIDE), urls.origin());
        assertTrue(urls.isSetAside(Host.parse("BÜCHER.example")));
        assertFalse(urls.isSetAside(Host.parse("bücher.example:8443")));
        assertFalse(urls.isSetAside(Host.parse(domain.serviceHost())));
        assertTrue(urls.isOwnHost(Host.parse(domain.serviceHost())));
    }

    @Test
    void whatIsNoHostStopsTheStart() {
        StartupException refused = assertThrows(StartupException.class,
            () -> new MediaUrls(domains, TestConfiguration.of(Map.of("dunlin.media.host", "media..example"))));
        assertTrue(refused.getMessage().startsWith("media.host: 'media..example'"), refused.getMessage());
    }

    @Test
    void whatLiesThereIsNotFetchedThroughTheProxy() {
        String emoji = SET_ASIDE + "/media/emoji/0123456789abcdef.png";
        assertEquals(emoji, addresses.of(emoji, "", domain));
        assertTrue(addresses.of("https://cdn.example/x.png", "", domain).startsWith(domain.baseUrl() + MediaAddresses.PATH));
    }

    /** Row 17 of the hostile inputs: whatever somebody shows us, we do not ask ourselves. */
    @Test
    void hostileInput17_itIsNeverFetched(Vertx vertx) {
        try (GuardedHttpClient client = new HttpClients().client(vertx, configuration, urls)) {
            for (String own : List.of(SET_ASIDE, domain.baseUrl())) {
                FetchException.Refused refused = assertThrows(FetchException.Refused.class,
                    () -> client.get(ObjectUri.parse(own + "/media/picture/x.png"), FetchOptions.json()));
                assertTrue(refused.getMessage().contains("own host"), refused.getMessage());
            }
        }
    }
}
