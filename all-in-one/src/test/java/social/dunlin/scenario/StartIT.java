package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.testing.TestPostgres;

/** What settings and database decide at the start: whom the world talks to, whose word is believed, why there is no start. */
class StartIT {
    private static final TestPostgres POSTGRES = TestPostgres.start();

    private final String database = POSTGRES.freshDatabase();
    @TempDir
    Path folder;

    @Test
    void domainTakesOverFromTheTryOutAndForwardedHeadersAreBelievedFromTrustedProxiesOnly() {
        String tryOut;
        try (Server server = server().start()) {
            tryOut = server.domain();
            assertEquals(tryOut, forwarded(server, "nowhere.test", "192.0.2.7").json().get("domain").asText());
        }
        try (Server server = server().with("DUNLIN_DOMAIN", "dunlin.test").with("DUNLIN_LIMITS_ENABLED", "true")
                .with("DUNLIN_HTTP_TRUSTED_PROXIES", "198.51.100.0/24").start()) {
            List<Api.Answer> answers = withinAWindow(number -> Stream.of("192.0.2.7", "192.0.2.8").map(visitor -> forwarded(server, tryOut, visitor)));
            assertEquals("dunlin.test", answers.getFirst().json().get("domain").asText(), "the peer is no proxy of ours");
            assertEquals(remaining(answers.get(0)) - 1, remaining(answers.get(1)), "one peer, whatever it claims");
        }
        try (Server server = server().with("DUNLIN_DOMAIN", "dunlin.test").with("DUNLIN_LIMITS_ENABLED", "true").start()) {
            assertEquals(tryOut, forwarded(server, tryOut, "192.0.2.1").json().get("domain").asText(), "the try-out is still served");
            assertEquals("dunlin.test", forwarded(server, "dunlin.test", "192.0.2.1").json().get("domain").asText());
            List<Api.Answer> answers = withinAWindow(number -> Stream.of("192.0.2." + number, "198.51.100." + number, "203.0.113.99, 192.0.2." + number)
                .map(visitor -> forwarded(server, tryOut, visitor)));
            assertEquals(remaining(answers.get(0)), remaining(answers.get(1)), "another visitor");
            assertEquals(remaining(answers.get(0)) - 1, remaining(answers.get(2)), "what a visitor wrote before the proxy's own word is not believed");
        }
    }

    @Test
    void changedMigrationStopsTheStartWithOneLine() {
        try (Server server = server().start()) {
            assertTrue(server.isAlive());
        }
        POSTGRES.execute(database, "update migration set checksum = 'of another version' where name like '0001%'");
        assertRefused("another one than has run on this database");
    }

    @Test
    void databaseThatRefusesToChangeStopsTheStartWithOneLine() {
        POSTGRES.execute("postgres", "alter database %s set default_transaction_read_only = on".formatted(database));
        assertRefused("read-only transaction (25006)");
    }

    @Test
    void executableRefusesADatabaseSocketWithOneLine() {
        assumeTrue(Artifact.underTest() == Artifact.NATIVE, "on a virtual machine sockets work");
        Server.Finished finished = Server.tryOut(folder).with("DUNLIN_DATABASE_URL", "postgresql:///dunlin?host=/run/postgresql").tryRun("run");
        assertEquals(2, finished.exitCode(), finished.output());
        assertTrue(finished.output().strip().endsWith("name a host in database.url, such as 127.0.0.1."), finished.output());
    }

    private void assertRefused(String reason) {
        Server.Finished finished = server().tryRun("run");
        assertEquals(3, finished.exitCode(), finished.output());
        assertTrue(finished.output().strip().lines().toList().getLast().contains(reason), finished.output());
        assertTrue(finished.output().lines().noneMatch(line -> line.startsWith("\tat ")), finished.output());
    }

    private Server server() {
        return Server.tryOut(folder).with("DUNLIN_DATABASE_URL", POSTGRES.uriOf(database));
    }

    private static Api.Answer forwarded(Server server, String host, String visitor) {
        Api.Answer answer = Api.send(server.anonymous().request("/api/v2/instance")
            .header("X-Forwarded-Host", host).header("X-Forwarded-For", visitor).header("X-Forwarded-Proto", "https").build());
        assertEquals(200, answer.status(), answer.body());
        return answer;
    }

    /** Answers that count together, to visitors who are new in each attempt: a window may end amid the requests. */
    private static List<Api.Answer> withinAWindow(IntFunction<Stream<Api.Answer>> asking) {
        for (int number = 2;; number++) {
            List<Api.Answer> answers = asking.apply(number).toList();
            if (answers.stream().map(answer -> answer.headers().firstValue("X-RateLimit-Reset").orElseThrow()).distinct().count() == 1) {
                return answers;
            }
        }
    }

    private static int remaining(Api.Answer answer) {
        return Integer.parseInt(answer.headers().firstValue("X-RateLimit-Remaining").orElseThrow());
    }
}
