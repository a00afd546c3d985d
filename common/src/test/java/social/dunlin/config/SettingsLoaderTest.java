package social.dunlin.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.StartupException;

class SettingsLoaderTest {
    /** Megabytes: a board with 1 GB, of which some is the kernel's. */
    private static final long MACHINE = 920;

    @TempDir
    Path home;

    @Test
    void environmentWinsOverTheFileAndTheFileOverTheDefault() throws IOException {
        write("""
                domain = "file.example"
                [http]
                port = 9000
                trusted-proxies = ["10.0.0.0/8", "fd00::/8"]
                """);
        Map<String, String> values = load(Map.of("DUNLIN_HTTP_PORT", "9001"));
        assertEquals("9001", values.get("http.port"));
        assertEquals("file.example", values.get("domain"));
        assertEquals("10.0.0.0/8,fd00::/8", values.get("http.trusted-proxies"));
        assertEquals("500", values.get("limits.status-characters"));
    }

    @ParameterizedTest
    @CsvSource({"230, 3, 4", "460, 4, 8", "920, 10, 16", "24000, 16, 32"})
    void poolsFollowTheMemoryOfTheMachine(long megabytes, String connections, String deliveries) {
        Map<String, String> values = new SettingsLoader(home, megabytes).load(Optional.empty(), Map.of());
        assertEquals(connections, values.get("database.pool-size"));
        assertEquals(deliveries, values.get("federation.delivery-concurrency"));
    }

    @Test
    void whatIsSetWinsOverWhatTheMachineSuggests() throws IOException {
        write("[memory]\nsize = \"tiny\"\n");
        assertEquals("3", load(Map.of()).get("database.pool-size"));
        assertEquals("16", load(Map.of("DUNLIN_MEMORY_SIZE", "large")).get("database.pool-size"));
        assertEquals("7", load(Map.of("DUNLIN_DATABASE_POOL_SIZE", "7")).get("database.pool-size"));
        assertEquals("Environment: DUNLIN_MEMORY_SIZE is \"huge\", expected tiny or small or medium or large.",
                refusal(Map.of("DUNLIN_MEMORY_SIZE", "huge")));
    }

    @Test
    void emptyVariableIsAsIfItWereNotSet() throws IOException {
        write("[http]\nport = 9000\n");
        assertEquals("9000", load(Map.of("DUNLIN_HTTP_PORT", "", "DUNLIN_DATABASE_URL", " ")).get("http.port"));
    }

    @Test
    void dataFolderStartsAtTheHome() {
        assertEquals(home.resolve("data").toString(), load(Map.of()).get("data.dir"));
        assertEquals("/elsewhere", load(Map.of("DUNLIN_DATA_DIR", "/elsewhere")).get("data.dir"));
    }

    @Test
    void signUpNeedsAMailServer() {
        assertEquals("registration.mode is 'open', but people prove their e-mail address by a letter: set mail.host too.",
                refusal(Map.of("DUNLIN_REGISTRATION_MODE", "open")));
        load(Map.of("DUNLIN_REGISTRATION_MODE", "open", "DUNLIN_MAIL_HOST", "localhost"));
    }

    @Test
    void unknownKeyOfTheFileIsRefusedWithTheNearestOne() throws IOException {
        write("[http]\nprot = 9000\n");
        assertEquals("%s: unknown setting http.prot; the nearest one is http.port.".formatted(file()), refusal(Map.of()));
        write("[htpp]\nport = 9000\n");
        assertTrue(refusal(Map.of()).contains("unknown setting htpp; "), refusal(Map.of()));
    }

    @Test
    void unknownVariableIsRefusedWithTheNearestOne() {
        assertEquals("Environment: unknown setting DUNLIN_DOMIAN; the nearest one is DUNLIN_DOMAIN.",
                refusal(Map.of("DUNLIN_DOMIAN", "example.org")));
    }

    @Test
    void launcherVariablesAndThoseOfOthersAreNoneOfOurs() {
        load(Map.of("DUNLIN_JAVA_OPTIONS", "-Xmx1g", "HOME", "/root", "DUNLINER", "x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "DUNLIN_HTTP_PORT | 0 | a whole number from 1 to 65535",
            "DUNLIN_HTTP_PORT | 65536 | a whole number from 1 to 65535",
            "DUNLIN_HTTP_PORT | 99999999999999 | a whole number from 1 to 65535",
            "DUNLIN_HTTP_PORT | eighty | a whole number from 1 to 65535",
            "DUNLIN_LIMITS_ENABLED | yes | true or false",
            "DUNLIN_FEDERATION_TIMEOUT | 3h | a time such as 20s or 2m from 1s to 120s",
            "DUNLIN_FEDERATION_TIMEOUT | soon | a time such as 20s or 2m from 1s to 120s",
            "DUNLIN_HTTP_TRUSTED_PROXIES | 10.0.0.0/8,proxy.example | a list, each an address range such as 10.0.0.0/8 or fd00::/8",
            "DUNLIN_HTTP_TRUSTED_PROXIES | 10.0.0.0/33 | a list, each an address range such as 10.0.0.0/8 or fd00::/8",
            "DUNLIN_LOG_LEVEL | loud | error or warn or info or debug",
            "DUNLIN_DOMAIN | https://example.org | a domain such as example.org, without https://",
    })
    void badValueIsRefusedWithWhatIsExpected(String variable, String value, String expected) {
        assertEquals("Environment: %s is \"%s\", expected %s.".formatted(variable, value, expected),
                refusal(Map.of(variable, value)));
    }

    @Test
    void badValueOfTheFileIsRefused() throws IOException {
        write("[http]\nport = [1, 2]\n");
        assertEquals("%s: http.port is \"1,2\", expected a whole number from 1 to 65535.".formatted(file()),
                refusal(Map.of()));
        write("[http]\ntrusted-proxies = \"10.0.0.0/8\"\n");
        assertTrue(refusal(Map.of()).contains("expected a list"), refusal(Map.of()));
    }

    @Test
    void secretValueIsNotPrinted() {
        String message = refusal(Map.of("DUNLIN_DATABASE_URL", "mysql://dunlin:hunter2@host/db"));
        assertEquals("Environment: DUNLIN_DATABASE_URL is not right (its value is secret), expected an address such as "
                + "postgresql://host:5432/dunlin.", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[http\nport = 1", "port == 2", "a = \"", "a = 1\na = 2"})
    void fileThatIsNoTomlIsRefusedWithItsLine(String content) throws IOException {
        write(content);
        String message = refusal(Map.of());
        assertTrue(message.startsWith("The settings file %s is no TOML in line ".formatted(file())), message);
    }

    @Test
    void namedFileHasToExist() {
        StartupException refusal = assertThrows(StartupException.class,
                () -> new SettingsLoader(home, MACHINE).load(Optional.of(home.resolve("absent.toml")), Map.of()));
        assertEquals("The settings file %s does not exist.".formatted(home.resolve("absent.toml")), refusal.getMessage());
        assertEquals(StartupException.BAD_CONFIGURATION, refusal.exitCode());
    }

    @Test
    void fileOfAuthoritiesHasToHoldCertificates() throws IOException {
        Path authorities = home.resolve("authorities.pem");
        String absent = refusal(Map.of("DUNLIN_FEDERATION_TRUSTED_CA_FILE", "authorities.pem"));
        assertTrue(absent.startsWith("federation.trusted-ca-file: certificates cannot be read from " + authorities), absent);
        Files.writeString(authorities, "no certificate");
        assertTrue(refusal(Map.of("DUNLIN_FEDERATION_TRUSTED_CA_FILE", "authorities.pem")).startsWith("federation.trusted-ca-file: "));
    }

    @Test
    void addressRangesHoldTheirOwnFamilyOnly() throws IOException {
        AddressRange loopback = AddressRange.parse("127.0.0.0/8");
        assertTrue(loopback.contains(java.net.InetAddress.getByName("127.255.0.1")));
        assertFalse(loopback.contains(java.net.InetAddress.getByName("128.0.0.1")));
        assertFalse(loopback.contains(java.net.InetAddress.getByName("::1")));
        assertTrue(AddressRange.parse("::/0").contains(java.net.InetAddress.getByName("fd00::1")));
        assertThrows(IllegalArgumentException.class, () -> AddressRange.parse("127.1"));
    }

    private Path file() {
        return home.resolve("dunlin.toml");
    }

    private void write(String content) throws IOException {
        Files.writeString(file(), content);
    }

    private Map<String, String> load(Map<String, String> environment) {
        return new SettingsLoader(home, MACHINE).load(Optional.empty(), environment);
    }

    private String refusal(Map<String, String> environment) {
        StartupException refusal = assertThrows(StartupException.class, () -> load(environment));
        assertEquals(StartupException.BAD_CONFIGURATION, refusal.exitCode());
        assertEquals(1, refusal.getMessage().lines().count());
        return refusal.getMessage();
    }
}
