package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import social.dunlin.testing.TestPostgres;

/** A whole server with two people, and two servers that try what they should not. */
abstract class HostileWorld {
    final TestPostgres postgres = TestPostgres.start();
    final String database = postgres.freshDatabase();
    final FakeServer home = FakeServer.start();
    final FakeServer evil = FakeServer.start();
    Server server;
    Api anna;
    Api ben;
    String annaUri;
    /** Somebody Anna follows, so that what they say is taken in. */
    FakeServer.Person friend;
    FakeServer.Person mallory;

    @BeforeAll
    void start() {
        server = Server.overHttps("alpha.test", postgres.uriOf(database)).with("DUNLIN_FEDERATION_TIMEOUT", "10s").start();
        anna = server.newUser("anna");
        ben = server.newUser("ben");
        annaUri = server.base() + "/users/anna";
        friend = followed("friend", home);
        mallory = followed("mallory", evil);
    }

    @AfterAll
    void stop() {
        server.close();
        home.close();
        evil.close();
    }

    FakeServer.Person followed(String name, FakeServer where) {
        FakeServer.Person person = where.person(name);
        String id = search(anna, person.handle()).get(0).get("id").asText();
        anna.post("/api/v1/accounts/" + id + "/follow");
        JsonNode follow = Await.present("The Follow is delivered", () -> where.requests().stream()
            .filter(request -> request.method().equals("POST") && request.body().contains("\"Follow\"") && request.body().contains(person.uri()))
            .findFirst().map(request -> parse(request.body())));
        person.send(server, person.activity("Accept", (ObjectNode) follow)).ok();
        Await.until(name + " is followed", () -> anna.get("/api/v1/accounts/relationships?id[]=" + id).get(0).get("following").asBoolean());
        return person;
    }

    /** Waits until all is done that was sent before: another post of this person comes last. */
    void settled(FakeServer.Person person) {
        String words = "Marker " + System.nanoTime();
        assertEquals(202, person.send(server, person.activity("Create", person.note("marker" + System.nanoTime(), words))).status());
        Await.until("A later post arrives", () -> anna.findInHome(words).isPresent());
        Await.until("Nothing is left to do", () -> count("job where kind = 'inbox'") == 0);
    }

    private static JsonNode parse(String json) {
        try {
            return Api.JSON.readTree(json);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Accounts and posts found for what was typed, with leave to ask other servers. */
    static JsonNode search(Api reader, String typed) {
        String query = typed.startsWith("https:") ? typed : "@" + typed;
        Api.Answer answer = reader.send("GET", "/api/v2/search?resolve=true&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8), null);
        assertTrue(answer.status() < 500, answer.body());
        JsonNode found = answer.ok();
        return found.get("accounts").isEmpty() ? found.get("statuses") : found.get("accounts");
    }

    /** The id of a note once it is stored. */
    String stored(JsonNode note) {
        return Await.present("The note is stored", () -> ids("status where uri = '" + note.get("id").asText() + "'").stream().findFirst());
    }

    void assertNotStored(JsonNode note) {
        assertEquals(0, count("status where uri = '" + note.get("id").asText() + "'"));
    }

    long count(String fromWhere) {
        return postgres.query(database, "select count(*) from " + fromWhere).iterator().next().getLong(0);
    }

    List<String> ids(String fromWhere) {
        List<String> ids = new ArrayList<>();
        postgres.query(database, "select id from " + fromWhere).forEach(row -> ids.add(String.valueOf(row.getLong(0))));
        return ids;
    }
}
