package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.testing.TestPostgres;

/** What people, clients, servers and operators get wrong: each a clear error, nothing lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    @TempDir
    Path folder;
    private Server server;
    private Api anna;

    @BeforeAll
    void start() {
        TestPostgres postgres = TestPostgres.start();
        server = Server.overHttps("alpha.test", postgres.uriOf(postgres.freshDatabase())).start();
        anna = server.newUser("anna");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void wrongJsonIsRefusedWithAClearError() {
        Api.Answer answer = Api.send(anna.request("/api/v1/statuses").header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"status\": \"half a")).build());
        assertEquals(400, answer.status(), answer.body());
        assertTrue(answer.json().hasNonNull("error"), answer.body());
    }

    @Test
    void anEmptyPostIsRefused() {
        Api.Answer answer = anna.send("POST", "/api/v1/statuses", Map.of("status", "   "));
        assertEquals(422, answer.status(), answer.body());
        assertTrue(answer.json().get("error").asText().startsWith("Validation failed"), answer.body());
    }

    @Test
    void aTooLongPostIsRefused() {
        assertEquals(422, anna.send("POST", "/api/v1/statuses", Map.of("status", "x".repeat(501))).status());
        assertEquals(200, anna.send("POST", "/api/v1/statuses", Map.of("status", "x".repeat(500))).status());
    }

    @Test
    void aTooLargeBodyIsRefused() {
        Api.Answer answer = Api.send(anna.request("/inbox").header("Content-Type", "application/activity+json")
            .POST(HttpRequest.BodyPublishers.ofString("x".repeat(2_000_000))).build());
        assertEquals(413, answer.status(), answer.body());
    }

    @Test
    void anUnsignedActivityIsRefused() {
        Api.Answer answer = Api.send(server.anonymous().request("/inbox").header("Content-Type", "application/activity+json")
            .POST(HttpRequest.BodyPublishers.ofString("""
                {"@context":"https://www.w3.org/ns/activitystreams","id":"https://beta.test/1","type":"Follow",
                 "actor":"https://beta.test/users/x","object":"%s/users/anna"}""".formatted(server.base()))).build());
        assertEquals(401, answer.status(), answer.body());
    }

    @Test
    void aWronglySignedActivityIsRefused() {
        Api.Answer answer = Api.send(server.anonymous().request("/inbox").header("Content-Type", "application/activity+json")
            .header("Date", "Sat, 21 Nov 2026 10:00:00 GMT").header("Digest", "SHA-256=AAAA")
            .header("Signature", "keyId=\"https://beta.test/users/x#main-key\",headers=\"(request-target) host date digest\",signature=\"AAAA\"")
            .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"Follow\",\"actor\":\"https://beta.test/users/x\"}")).build());
        assertEquals(401, answer.status(), answer.body());
    }

    @Test
    void aWrongContentTypeAtTheInboxIsRefused() {
        Api.Answer answer = Api.send(server.anonymous().request("/inbox").header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("hello")).build());
        assertTrue(answer.status() == 406 || answer.status() == 415, "status " + answer.status());
    }

    @Test
    void unknownIdsAreNotFound() {
        for (String path : new String[] {"/api/v1/statuses/1", "/api/v1/statuses/abc", "/api/v1/accounts/1", "/users/nobody", "/@nobody", "/users/anna/statuses/1"}) {
            assertEquals(404, anna.send("GET", path, null).status(), path);
        }
    }

    @Test
    void unbuiltEndpointsSaySo() {
        for (String path : new String[] {"/api/v1/instance/domain_blocks", "/api/v1/no_such_thing"}) {
            int status = anna.send("GET", path, null).status();
            assertTrue(status == 404 || status == 501, path + " " + status);
        }
    }

    @Test
    void aRevokedOrUnknownTokenIsUnauthorized() {
        Api.Answer answer = new Api(server.base(), "not-a-token").send("GET", "/api/v1/accounts/verify_credentials", null);
        assertEquals(401, answer.status());
        assertEquals("The access token is invalid", answer.json().get("error").asText());
    }

    @Test
    void aTokenWithoutTheScopeIsForbidden() {
        String[] lines = server.run("admin", "token", "anna", "--scopes", "read").strip().split("\n");
        Api readOnly = new Api(server.base(), lines[lines.length - 1].strip());
        assertEquals(200, readOnly.send("GET", "/api/v1/accounts/verify_credentials", null).status());
        assertEquals(403, readOnly.send("POST", "/api/v1/statuses", Map.of("status", "no")).status());
    }

    @Test
    void anUnknownConfigurationKeyStopsTheStartWithOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("dunlin.toml"), "[federation]\nsecure-moed = true\n");
        Server.Finished finished = Server.tryOut(folder.resolve("unknown-key")).tryRun("run", "--config", file.toString());
        assertEquals(2, finished.exitCode(), finished.output());
        assertTrue(finished.output().contains("secure-moed"), finished.output());
        assertEquals(1, finished.output().strip().lines().count(), finished.output());
    }

    @Test
    void anUnknownVariableStopsTheStartWithOneLine() {
        Server.Finished finished = Server.tryOut(folder.resolve("unknown-variable")).with("DUNLIN_HTTP_PROT", "1").tryRun("run");
        assertEquals(2, finished.exitCode(), finished.output());
        assertTrue(finished.output().contains("DUNLIN_HTTP_PROT"), finished.output());
    }

    @Test
    void aBadValueStopsTheStartWithOneLine() {
        Server.Finished finished = Server.tryOut(folder.resolve("bad-value")).with("DUNLIN_DATABASE_POOL_SIZE", "many").tryRun("run");
        assertEquals(2, finished.exitCode(), finished.output());
        assertFalse(finished.output().contains("\tat "), finished.output());
    }

    @Test
    void noDatabaseIsSaidClearly() {
        Server.Finished finished = Server.tryOut(folder.resolve("no-database"))
            .with("DUNLIN_DATABASE_URL", "postgresql://127.0.0.1:" + Server.freePort() + "/dunlin").tryRun("run");
        assertTrue(finished.exitCode() != 0, finished.output());
        assertTrue(finished.output().toLowerCase().contains("database") || finished.output().contains("PostgreSQL"), finished.output());
        assertFalse(finished.output().contains("\tat "), finished.output());
    }

    @Test
    void noDiskIsSaidClearly() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("a-file"), "in the way");
        Server.Finished finished = Server.tryOut(notAFolder.resolve("data")).tryRun("run");
        assertTrue(finished.exitCode() != 0, finished.output());
        assertTrue(finished.output().contains(notAFolder.toString()), finished.output());
        assertFalse(finished.output().contains("\tat "), finished.output());
    }

    @Test
    void aSecondProcessOnTheSameDataDirectoryIsRefused() {
        Path data = folder.resolve("shared-data");
        try (Server first = Server.tryOut(data).start()) {
            Server.Finished second = Server.tryOut(data).tryRun("run");
            assertTrue(second.exitCode() != 0, second.output());
            assertTrue(first.isAlive());
            assertEquals(200, first.anonymous().send("GET", "/api/v2/instance", null).status());
        }
    }
}
