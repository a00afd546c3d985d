package social.dunlin.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.FetchOptions;
import social.dunlin.federation.http.FetchResponse;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.signature.Header;
import social.dunlin.id.ObjectUri;
import social.dunlin.refusal.Refusal;

/** A translation service that speaks LibreTranslate's API, when the administrator has named one. */
@ApplicationScoped
public class LibreTranslate {
    private static final Duration LANGUAGES_KEPT = Duration.ofHours(6);
    private static final List<Header> JSON_BODY = List.of(new Header("Content-Type", "application/json"), new Header("Accept", "application/json"));

    private final GuardedHttpClient client;
    private final ObjectMapper json;
    private final Optional<String> url;
    private final Optional<String> apiKey;
    private volatile Known known;

    public LibreTranslate(GuardedHttpClient client, ObjectMapper json, DunlinConfiguration configuration) {
        this.client = client;
        this.json = json;
        this.url = configuration.translation().url().map(text -> text.replaceFirst("/+$", ""));
        this.apiKey = configuration.translation().apiKey();
    }

    private record Known(Map<String, List<String>> targets, Instant until) {
    }

    /** @param sourceLanguage as the service recognised it; null when it does not say */
    public record Translated(List<String> texts, String sourceLanguage) {
    }

    public boolean isConfigured() {
        return url.isPresent();
    }

    /** Which languages can be translated into which; empty without a service. */
    public Map<String, List<String>> languages() {
        if (url.isEmpty()) {
            return Map.of();
        }
        Known current = known;
        if (current == null || current.until.isBefore(Instant.now())) {
            current = new Known(readLanguages(), Instant.now().plus(LANGUAGES_KEPT));
            known = current;
        }
        return current.targets;
    }

    private Map<String, List<String>> readLanguages() {
        JsonNode answer = parsed(asked(() -> client.get(address("/languages"), FetchOptions.json())));
        List<String> codes = new ArrayList<>();
        answer.forEach(language -> codes.add(language.path("code").asText()));
        Map<String, List<String>> targets = new TreeMap<>();
        for (JsonNode language : answer) {
            String code = language.path("code").asText();
            List<String> named = new ArrayList<>();
            language.path("targets").forEach(target -> named.add(target.asText()));
            targets.put(code, (named.isEmpty() ? codes : named).stream().filter(target -> !target.equals(code)).sorted().toList());
        }
        return targets;
    }

    /** @param html pieces of HTML; @param source null = let the service find out */
    public Translated translate(List<String> html, String source, String target) {
        ObjectNode body = json.createObjectNode();
        html.forEach(body.putArray("q")::add);
        body.put("source", source == null ? "auto" : source).put("target", target).put("format", "html");
        apiKey.ifPresent(key -> body.put("api_key", key));
        FetchResponse response = asked(() -> client.post(address("/translate"), JSON_BODY, body.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
            request -> List.of()));
        if (!response.isSuccess()) {
            throw unavailable();
        }
        JsonNode answer = parsed(response);
        List<String> texts = new ArrayList<>();
        answer.path("translatedText").forEach(text -> texts.add(text.asText()));
        if (texts.size() != html.size()) {
            throw unavailable();
        }
        String detected = answer.path("detectedLanguage").path(0).path("language").asText(null);
        return new Translated(texts, detected == null ? source : detected);
    }

    private ObjectUri address(String path) {
        return ObjectUri.tryParse(url.orElseThrow() + path).orElseThrow(LibreTranslate::unavailable);
    }

    private interface Request {
        FetchResponse send();
    }

    private static FetchResponse asked(Request request) {
        try {
            return request.send();
        } catch (FetchException failure) {
            throw unavailable();
        }
    }

    private JsonNode parsed(FetchResponse response) {
        try {
            return json.readTree(response.body());
        } catch (IOException malformed) {
            throw unavailable();
        }
    }

    private static Refusal unavailable() {
        return Refusal.unavailable("Service Unavailable");
    }
}
