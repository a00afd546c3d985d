package social.dunlin.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import social.dunlin.config.DunlinConfiguration.LogLevel;
import social.dunlin.testing.TestConfiguration;

class DunlinConfigSourceTest {
    @AfterEach
    void forget() {
        DunlinConfigSource.provide(Map.of(), Map.of());
    }

    @Test
    void typedConfigurationSaysWhatWasLoaded() {
        DunlinConfiguration configuration = configuration(Map.of("DUNLIN_DATABASE_PASSWORD", "a${b}$c\\d,e",
                "DUNLIN_FEDERATION_ALLOWED_PRIVATE_CIDRS", "127.0.0.0/8, fd00::/8", "DUNLIN_LOG_LEVEL", "debug"));
        assertEquals(Optional.empty(), configuration.domain());
        assertEquals(8080, configuration.http().port());
        assertEquals(Path.of("/home/data"), configuration.data().dir());
        assertEquals(Optional.of("a${b}$c\\d,e"), configuration.database().password());
        assertEquals(Optional.of(List.of(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("fd00::/8"))),
                configuration.federation().allowedPrivateCidrs());
        assertEquals(Optional.empty(), configuration.federation().trustedCaFile());
        assertEquals(Duration.ofSeconds(20), configuration.federation().timeout());
        assertEquals(LogLevel.DEBUG, configuration.log().level());
        assertEquals("http://localhost:8080", new PublicAddress(configuration).baseUrl());
    }

    @Test
    void domainIsReachedByHttps() {
        PublicAddress address = new PublicAddress(configuration(Map.of("DUNLIN_DOMAIN", "example.org:8443")));
        assertEquals("https://example.org:8443", address.baseUrl());
        assertEquals("example.org:8443", address.domain());
    }

    private static DunlinConfiguration configuration(Map<String, String> environment) {
        DunlinConfigSource.provide(new SettingsLoader(Path.of("/home"), 1_000).load(Optional.empty(), environment), Map.of());
        return TestConfiguration.from(new DunlinConfigSource());
    }
}
