package social.dunlin.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import social.dunlin.testing.MastodonMethods;
import social.dunlin.testing.MastodonMethods.Method;

/** A person's client: calls the Mastodon API of one server with one token, or with none. */
final class Api {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(TestAuthority.get().clientContext())
        .connectTimeout(Duration.ofMinutes(2))
        .build();

    /** Which methods of which server have given an answer that was held to the contract, and well. */
    private static final Set<Answered> ANSWERED = ConcurrentHashMap.newKeySet();

    private final String base;
    private final String token;

    Api(String base, String token) {
        this.base = base;
        this.token = token;
    }

    private record Answered(String authority, Method method) {
    }

    /** An answer; {@code json} is null when the body is none. */
    record Answer(int status, JsonNode json, String body, java.net.http.HttpHeaders headers) {
        JsonNode ok() {
            if (status < 200 || status > 299) {
                throw new AssertionError("HTTP %d: %s".formatted(status, body));
            }
            return json;
        }
    }

    JsonNode get(String path) {
        return send("GET", path, null).ok();
    }

    JsonNode post(String path) {
        return send("POST", path, Map.of()).ok();
    }

    JsonNode post(String path, Map<String, ?> body) {
        return send("POST", path, body).ok();
    }

    JsonNode put(String path, Map<String, ?> body) {
        return send("PUT", path, body).ok();
    }

    JsonNode delete(String path) {
        return send("DELETE", path, null).ok();
    }

    /** A file that was sent, once it is ready. */
    JsonNode processed(String mediaId) {
        return Await.present("the file is ready", () -> Optional.of(send("GET", "/api/v1/media/" + mediaId, null)).filter(answer -> answer.status() == 200)).json();
    }

    Answer send(String method, String path, Map<String, ?> body) {
        HttpRequest.Builder request = request(path).header("Accept", "application/json");
        try {
            if (body == null) {
                request.method(method, HttpRequest.BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return send(request.build());
    }

    String token() {
        return token;
    }

    /** A request to this server with the token, to be completed by the caller. */
    HttpRequest.Builder request(String path) {
        return endless(path).timeout(Duration.ofMinutes(2));
    }

    /** The same for an answer that has no end. */
    HttpRequest.Builder endless(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            Answer answer = new Answer(response.statusCode(), parse(response.body()), response.body(), response.headers());
            holdToContract(request, answer);
            return answer;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    /** Whatever a test asks for: an answer that Mastodon's entities do not allow fails it. */
    private static void holdToContract(HttpRequest request, Answer answer) {
        List<String> problems = MastodonMethods.problems(request.method(), request.uri().getPath(), answer.status, answer.json);
        if (!problems.isEmpty()) {
            throw new AssertionError("%s %s answers %d, but %s: %s".formatted(request.method(), request.uri(), answer.status, problems, answer.body));
        }
        List<String> sources = RemoteSources.in(answer.json, request.uri().getAuthority());
        if (!sources.isEmpty()) {
            throw new AssertionError("%s %s names sources of pictures that are not here: %s".formatted(request.method(), request.uri(), sources));
        }
        if (answer.status >= 200 && answer.status <= 299) {
            answered(request.method(), request.uri());
        }
    }

    /** For what is no answer of its own: a stream that has begun. */
    static void answered(String verb, URI address) {
        MastodonMethods.of(verb, address.getPath()).ifPresent(method -> ANSWERED.add(new Answered(address.getAuthority(), method)));
    }

    /** @param method such as {@code GET /api/v1/statuses/:id} */
    boolean hasAnswered(String method) {
        String authority = URI.create(base).getAuthority();
        return ANSWERED.stream().anyMatch(answered -> answered.authority.equals(authority) && answered.method.toString().equals(method));
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            return null;
        }
    }

    /** The status of the newest home entries that contains the text. */
    Optional<JsonNode> findInHome(String text) {
        return find(get("/api/v1/timelines/home?limit=40"), text);
    }

    static Optional<JsonNode> find(JsonNode statuses, String text) {
        for (JsonNode status : statuses) {
            if (status.path("content").asText().contains(text) || status.path("reblog").path("content").asText().contains(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
