package social.dunlin.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where a client that shows an answer of the Mastodon API would fetch pictures from other servers, which would tell them
 * who reads what. Every answer that a scenario sees is looked through.
 */
final class RemoteSources {
    private static final Set<String> PICTURES = Set.of("avatar", "avatar_static", "header", "header_static", "preview_url", "static_url", "image", "icon", "picture");

    private RemoteSources() {
    }

    /** @param own host and port of the server that answered */
    static List<String> in(JsonNode json, String own) {
        List<String> found = new ArrayList<>();
        if (json != null) {
            collect(json, own, found);
        }
        return found;
    }

    private static void collect(JsonNode json, String own, List<String> found) {
        // What has a preview or a still is a picture itself.
        boolean picture = json.has("preview_url") || json.has("static_url");
        json.properties().forEach(field -> {
            if ((PICTURES.contains(field.getKey()) || picture && field.getKey().equals("url")) && isElsewhere(field.getValue(), own)) {
                found.add(field.getKey() + " " + field.getValue().asText());
            }
        });
        if (json.path("type").asText().equals("photo") && isElsewhere(json.path("embed_url"), own)) {
            found.add("embed_url " + json.get("embed_url").asText());
        }
        json.forEach(child -> collect(child, own, found));
    }

    private static boolean isElsewhere(JsonNode value, String own) {
        if (!value.isTextual() || !value.asText().startsWith("http")) {
            return false;
        }
        URI here = URI.create("http://" + own);
        URI source = URI.create(value.asText());
        // Another domain of the same install has its port, another process of it its host; other servers have neither.
        return !here.getHost().equals(source.getHost()) && here.getPort() != source.getPort();
    }
}
