package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A new person's first ten minutes: its own database, the command line, two client libraries, a browser. */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstStepsIT {
    private Server server;

    @BeforeAll
    void installAndStart(@TempDir Path data) {
        server = Server.tryOut(data).start();
        server.run("admin", "create-user", "carol", "--email", "carol@example.org", "--password", "correct horse carol", "--confirmed");
        server.createUser("dave", "dave@example.org", "correct horse dave", false);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void mastoSignsInPostsRepliesBoostsFavouritesAndFollows() {
        JsonNode told = NodeScript.run("masto.mjs", server.base(), "carol@example.org", "correct horse carol", "dave");
        assertEquals("carol", told.get("me").asText());
        assertTrue(told.get("url").asText().startsWith(server.base() + "/@carol/"));
    }

    @Test
    void theReadmesOwnStepsLeadToAPost() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String step = readme.lines().map(String::strip).filter(line -> line.startsWith("./dunlin admin create-user alice")).findFirst().orElseThrow();
        String made = server.run(step.substring("./dunlin ".length()).split(" "));
        String password = made.lines().filter(line -> line.startsWith("Password: ")).findFirst().orElseThrow().substring("Password: ".length());
        assertTrue(readme.contains("echo \"The tide is out.\" | ./dunlin post --as alice"), "the README shows how to post");
        Server.Finished posted = server.tryRunWithInput("The tide is out.\n", "post", "--as", "alice");
        assertEquals(0, posted.exitCode(), posted.output());
        JsonNode told = NodeScript.run("masto.mjs", server.base(), "alice@example.org", password, "dave");
        assertEquals("alice", told.get("me").asText());
    }

    @Test
    void megalodonSignsInPostsRepliesBoostsFavouritesAndFollows() {
        JsonNode told = NodeScript.run("megalodon.mjs", server.base(), "dave@example.org", "correct horse dave", "carol");
        assertEquals("dave", told.get("me").asText());
    }

    @Test
    void everythingTheLibrariesCanDoWorks() {
        Api erik = server.newUser("erik");
        Api finn = server.newUser("finn");
        server.run("admin", "announce", "Spring tide on Sunday");
        JsonNode masto = NodeScript.run("everything-masto.mjs", server.base(), erik.token(), finn.token());
        assertTrue(masto.get("steps").asInt() > 80, masto.toString());
        Api gerd = server.newUser("gerd");
        Api hans = server.newUser("hans");
        JsonNode megalodon = NodeScript.run("everything-megalodon.mjs", server.base(), gerd.token(), hans.token(), "hans");
        assertTrue(megalodon.get("methods").asInt() > 100, megalodon.toString());
    }

    @Test
    void mastodonPyAndTootOfDebianSignInPostReadAndLookFor() {
        server.newUser("ines");
        JsonNode told = NodeScript.run("debian.py", server.base(), "ines", "correct horse ines", "dave");
        assertEquals("ines", told.get("me").asText());
    }

    @Test
    void createUserPrintsThePasswordItMade() {
        String output = server.run("admin", "create-user", "erin", "--email", "erin@example.org");
        assertTrue(output.contains("Password:"), output);
    }

    @Test
    void aPostFromStandardInputIsPublished() throws IOException {
        Server.Finished posted = server.tryRunWithInput("From the command line", "post", "--as", "carol", "--visibility", "unlisted");
        assertEquals(0, posted.exitCode(), posted.output());
        JsonNode own = server.anonymous().get("/api/v1/accounts/lookup?acct=carol");
        assertTrue(Api.find(server.anonymous().get("/api/v1/accounts/" + own.get("id").asText() + "/statuses"), "From the command line").isPresent());
    }
}
