package social.dunlin.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.StartupException;
import social.dunlin.config.PublicAddress;
import social.dunlin.config.RunMode;
import social.dunlin.database.Database;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.TestConfiguration;

@ExtendWith(DatabaseExtension.class)
class ConfiguredDomainTest {
    private final Database database;

    ConfiguredDomainTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void forgetEverything() {
        database.execute("delete from domain");
    }

    @Test
    void domainTakesOverFromTheTryOutWhichStaysServed() {
        run(Map.of());
        assertEquals(List.of("localhost:8080"), served());
        run(Map.of("dunlin.domain", "Example.org"));
        assertEquals(List.of("example.org", "localhost:8080"), served(), "the default comes first");
        run(Map.of("dunlin.domain", "example.org"));
        assertEquals(List.of("example.org", "localhost:8080"), served());
    }

    @Test
    void tryOutMovesToAnotherPort() {
        run(Map.of());
        run(Map.of("dunlin.http.port", "9090"));
        assertEquals(List.of("localhost:9090", "localhost:8080"), served());
        run(Map.of());
        assertEquals(List.of("localhost:8080", "localhost:9090"), served());
    }

    @Test
    void domainThatTheWorldKnowsIsNotGivenUpForATryOut() {
        run(Map.of("dunlin.domain", "example.org"));
        StartupException refused = assertThrows(StartupException.class, () -> run(Map.of()));
        assertEquals(StartupException.BAD_CONFIGURATION, refused.exitCode());
        assertTrue(refused.getMessage().contains("DUNLIN_DOMAIN"), refused.getMessage());
        assertEquals(List.of("example.org"), served());
    }

    @Test
    void commandWithoutDomainActsOnTheOneServed() {
        run(Map.of("dunlin.domain", "example.org"));
        start(Map.of(), false);
        assertEquals(List.of("example.org"), served());
        database.execute("delete from domain");
        start(Map.of(), false);
        assertEquals(List.of("localhost:8080"), served(), "accounts may be made before the first start");
        start(Map.of("dunlin.http.port", "9090"), false);
        assertEquals(List.of("localhost:8080"), served());
        start(Map.of("dunlin.domain", "example.org"), false);
        assertEquals(List.of("example.org", "localhost:8080"), served());
    }

    private void run(Map<String, String> settings) {
        start(settings, true);
    }

    private void start(Map<String, String> settings, boolean serving) {
        new ConfiguredDomain(new Domains(new DomainStore(database)), new PublicAddress(TestConfiguration.of(settings)), new RunMode(serving)).serve();
    }

    private List<String> served() {
        return new Domains(new DomainStore(database)).all().stream().map(Domain::name).toList();
    }
}
