package social.dunlin.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import social.dunlin.testing.GoldenFile;
import social.dunlin.testing.TestPostgres;

/**
 * Carol, who is locked, writes one post of each visibility and mentions Mia in each. Every place where a post can be met is
 * searched for them by every kind of reader; the result is pinned, so that a place that shows more than another is noticed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VisibilityMatrixIT {
    private static final List<String> VISIBILITIES = List.of("public", "unlisted", "private", "direct", "local", "local-unlisted");

    private final Map<String, Api> readers = new LinkedHashMap<>();
    private final Map<String, JsonNode> posts = new LinkedHashMap<>();
    private final Map<String, String> replies = new LinkedHashMap<>();
    private final StringBuilder matrix = new StringBuilder();
    private Server server;
    private Api carol;
    private Api zoe;
    private String carolId;

    @BeforeAll
    void start() {
        TestPostgres postgres = TestPostgres.start();
        server = Server.overHttps("alpha.test", postgres.uriOf(postgres.freshDatabase())).start();
        carol = server.newUser("carol");
        zoe = server.newUser("zoe");
        carolId = own(carol);
        carol.send("PATCH", "/api/v1/accounts/update_credentials", Map.of("locked", true, "indexable", true)).ok();
        readers.put("author", carol);
        for (String kind : List.of("follower", "mentioned", "pending", "stranger", "blocked")) {
            readers.put(kind, server.newUser(kind));
        }
        carol.post("/api/v1/accounts/" + own(readers.get("blocked")) + "/block");
        for (String kind : List.of("follower", "pending")) {
            readers.get(kind).post("/api/v1/accounts/" + carolId + "/follow");
        }
        carol.post("/api/v1/follow_requests/" + own(readers.get("follower")) + "/authorize");
        readers.values().forEach(reader -> reader.post("/api/v1/accounts/" + own(zoe) + "/follow"));
        readers.put("anonymous", server.anonymous());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static String own(Api person) {
        return person.get("/api/v1/accounts/verify_credentials").get("id").asText();
    }

    @Test
    void whereverAPostCanBeMetTheSameRuleHolds() {
        Map<String, EventSource> streams = openStreams();
        for (String visibility : VISIBILITIES) {
            posts.put(visibility, carol.post("/api/v1/statuses",
                Map.of("status", "Matrixword %s for @mentioned #matrix".formatted(visibility.replace("-", "")), "visibility", visibility)));
        }
        String sentinel = zoe.post("/api/v1/statuses", Map.of("status", "Sentinel #matrix")).get("id").asText();
        streams.forEach((name, stream) -> Await.until(name + " has the sentinel", () -> stream.hasRefused() || stream.contains(sentinel)));
        posts.forEach((visibility, post) -> replies.put(visibility, carol.post("/api/v1/statuses", Map.of("status", "More of it",
            "in_reply_to_id", post.get("id").asText(), "visibility", "public")).get("id").asText()));
        readers.get("follower").post("/api/v1/lists", Map.of("title", "Carol"));
        String list = readers.get("follower").get("/api/v1/lists").get(0).get("id").asText();
        readers.get("follower").post("/api/v1/lists/" + list + "/accounts", Map.of("account_ids", List.of(carolId)));

        streams.forEach((name, stream) -> row("stream " + name.replaceFirst(" .*", ""), name.replaceFirst(".* ", ""),
            stream.hasRefused() ? "refused" : seen(post -> stream.contains(post.get("id").asText()))));
        eachPost("the post itself", "/api/v1/statuses/%s");
        for (String below : List.of("context", "history", "source", "reblogged_by", "favourited_by", "quotes")) {
            eachPost("its " + below, "/api/v1/statuses/%s/" + below);
        }
        each("above its answer", (reader, post) -> contains(reader, "/api/v1/statuses/" + replies.get(post.get("visibility").asText()) + "/context", post));
        each("several at once", (reader, post) -> contains(reader, "/api/v1/statuses?id[]=" + post.get("id").asText(), post));
        eachTimeline("posts of the account", "/api/v1/accounts/" + carolId + "/statuses?limit=40");
        eachTimeline("home", "/api/v1/timelines/home?limit=40");
        eachTimeline("public timeline", "/api/v1/timelines/public?limit=40");
        eachTimeline("local timeline", "/api/v1/timelines/public?limit=40&local=true");
        eachTimeline("hashtag", "/api/v1/timelines/tag/matrix?limit=40");
        eachTimeline("direct timeline", "/api/v1/timelines/direct?limit=40");
        eachTimeline("notifications", "/api/v1/notifications?limit=40");
        eachTimeline("grouped notifications", "/api/v2/notifications?limit=40");
        eachTimeline("conversations", "/api/v1/conversations?limit=40");
        eachTimeline("search", "/api/v2/search?type=statuses&limit=40&q=matrixword");
        row("list", "follower", seen(post -> contains(readers.get("follower"), "/api/v1/timelines/list/" + list + "?limit=40", post)));
        row("page of the post", "anonymous", seen(post -> fetch(post.get("url").asText(), "text/html").status() == 200));
        Api.Answer profile = fetch(server.base() + "/@carol", "text/html");
        row("profile page", "anonymous", seen(post -> profile.body().contains("/" + post.get("id").asText())));
        row("ActivityPub object", "anonymous", seen(post -> fetch(post.get("uri").asText(), "application/activity+json").status() == 200));
        Api.Answer outbox = fetch(outbox(), "application/activity+json");
        row("outbox", "anonymous", seen(post -> outbox.body().contains("\"id\":\"" + post.get("uri").asText() + "\"")));
        for (String action : List.of("bookmark", "favourite", "reblog")) {
            each("may " + action, (reader, post) -> reader.send("POST", "/api/v1/statuses/" + post.get("id").asText() + "/" + action, Map.of()).status() == 200);
        }
        each("may answer", (reader, post) -> reader.send("POST", "/api/v1/statuses",
            Map.of("status", "An answer", "visibility", "direct", "in_reply_to_id", post.get("id").asText())).status() == 200);
        GoldenFile.check(Path.of("visibility-of-places.txt"), matrix.toString());
    }

    /** Open before anything is posted. The key is the stream's name and the reader. */
    private Map<String, EventSource> openStreams() {
        Map<String, EventSource> streams = new LinkedHashMap<>();
        for (String path : List.of("user", "public", "public/local", "hashtag?tag=matrix")) {
            readers.forEach((kind, reader) -> {
                if (!(path.equals("user") && kind.equals("anonymous"))) {
                    streams.put(path.replaceAll("[?].*", "") + " " + kind, EventSource.open(reader, "/api/v1/streaming/" + path));
                }
            });
        }
        return streams;
    }

    private String outbox() {
        return fetch(posts.get("public").at("/account/uri").asText(), "application/activity+json").ok().get("outbox").asText() + "?page=true";
    }

    private Api.Answer fetch(String address, String type) {
        return Api.send(HttpRequest.newBuilder(java.net.URI.create(address)).header("Accept", type).GET().build());
    }

    private static boolean contains(Api reader, String path, JsonNode post) {
        Api.Answer answer = reader.send("GET", path, null);
        return answer.status() == 200 && answer.body().contains("\"id\":\"" + post.get("id").asText() + "\"");
    }

    private void eachPost(String place, String path) {
        each(place, (reader, post) -> reader.send("GET", path.formatted(post.get("id").asText()), null).status() == 200);
    }

    private void eachTimeline(String place, String path) {
        readers.forEach((kind, reader) -> {
            Api.Answer answer = reader.send("GET", path, null);
            row(place, kind, answer.status() != 200 ? String.valueOf(answer.status())
                : seen(post -> answer.body().contains("\"id\":\"" + post.get("id").asText() + "\"")));
        });
    }

    private void each(String place, BiFunction<Api, JsonNode, Boolean> question) {
        readers.forEach((kind, reader) -> row(place, kind, seen(post -> question.apply(reader, post))));
    }

    private String seen(Function<JsonNode, Boolean> question) {
        List<String> visible = new ArrayList<>();
        posts.forEach((visibility, post) -> {
            if (question.apply(post)) {
                visible.add(visibility);
            }
        });
        return visible.isEmpty() ? "-" : visible.stream().collect(Collectors.joining(" "));
    }

    private void row(String place, String reader, String what) {
        matrix.append("%-24s %-10s %s\n".formatted(place, reader, what));
    }
}
