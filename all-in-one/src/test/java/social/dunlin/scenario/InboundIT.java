package social.dunlin.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import social.dunlin.testing.TestPostgres;

/** What other servers send besides posts and follows, to a whole server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboundIT {
    private final TestPostgres postgres = TestPostgres.start();
    private final String database = postgres.freshDatabase();
    private final FakeServer home = FakeServer.start();
    private Server server;
    private Api anna;
    private String annaUri;

    @BeforeAll
    void start() {
        server = Server.overHttps("alpha.test", postgres.uriOf(database)).start();
        anna = server.newUser("anna");
        annaUri = server.base() + "/users/anna";
    }

    @AfterAll
    void stop() {
        server.close();
        home.close();
    }

    private long count(String fromWhere) {
        return postgres.query(database, "select count(*) from " + fromWhere).iterator().next().getLong(0);
    }

    private void taken(FakeServer.Person sender, ObjectNode activity) {
        assertEquals(202, sender.send(server, activity).status());
    }

    private String accountId(FakeServer.Person person) {
        JsonNode found = anna.get("/api/v2/search?resolve=true&q=" + URLEncoder.encode("@" + person.handle(), StandardCharsets.UTF_8));
        return found.get("accounts").get(0).get("id").asText();
    }

    private Optional<JsonNode> followOf(FakeServer.Person target) {
        return home.requests().stream()
            .filter(request -> request.method().equals("POST") && request.body().contains("\"type\":\"Follow\"") && request.body().contains(target.uri())
                && !request.body().contains("\"Undo\""))
            .findFirst().map(request -> parse(request.body()));
    }

    private static JsonNode parse(String json) {
        try {
            return Api.JSON.readTree(json);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void reactionsVotesReportsAndUnknownKindsAreTaken() {
        FakeServer.Person ola = home.person("ola");
        JsonNode post = anna.post("/api/v1/statuses", Map.of("status", "What do you think?"));
        String uri = post.get("uri").asText();
        taken(ola, ola.activity("EmojiReact", uri).put("content", "🔥"));
        taken(ola, ola.activity("Dislike", uri));
        ObjectNode flag = ola.activity("Flag", uri).put("content", "rude");
        flag.putArray("object").add(annaUri).add(uri);
        taken(ola, flag);
        for (String type : List.of("View", "Listen", "Ping", "Wobble")) {
            taken(ola, ola.activity(type, uri));
        }
        FakeServer.Person lio = home.person("lio");
        taken(lio, lio.activity("Like", uri));
        Await.until("The Like is counted", () -> anna.get("/api/v1/statuses/" + post.get("id").asText()).get("favourites_count").asInt() == 1);
        Await.until("Nothing is left to do", () -> count("job where kind = 'inbox'") == 0);
        assertEquals(1, count("emoji_reaction where name = '🔥' and url is null"));
        assertEquals(1, count("dislike"));
        assertEquals(1, count("report where comment = 'rude' and cardinality(status_ids) = 1"));
        assertEquals(0, count("dead_job"));
    }

    @Test
    void followersFollowSomebodyWhoMoves() {
        FakeServer.Person old = home.person("old");
        FakeServer.Person fresh = home.person("fresh");
        ObjectNode document = fresh.document();
        document.putArray("alsoKnownAs").add(old.uri());
        home.serve(document);
        String id = accountId(old);
        anna.post("/api/v1/accounts/" + id + "/follow");
        JsonNode follow = Await.present("The Follow is delivered", () -> followOf(old));
        taken(old, old.activity("Accept", (ObjectNode) follow));
        Await.until("Old is followed", () -> anna.get("/api/v1/accounts/relationships?id[]=" + id).get(0).get("following").asBoolean());
        taken(old, old.activity("Move", old.uri()).put("target", fresh.uri()));
        JsonNode next = Await.present("The new account is asked", () -> followOf(fresh));
        assertEquals(annaUri, next.get("actor").asText());
        Await.until("The old one is left", () -> !anna.get("/api/v1/accounts/relationships?id[]=" + id).get(0).get("following").asBoolean());
    }
}
