package social.dunlin.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What an attachment's {@code meta} says about the original; null for what it does not say.
 *
 * @param duration in seconds
 */
public record MediaMetadata(Integer width, Integer height, Double duration) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static MediaMetadata of(String meta) {
        try {
            JsonNode original = JSON.readTree(meta).path("original");
            return new MediaMetadata(original.path("width").canConvertToInt() && original.has("width") ? original.get("width").intValue() : null,
                original.path("height").canConvertToInt() && original.has("height") ? original.get("height").intValue() : null,
                original.path("duration").isNumber() ? original.get("duration").doubleValue() : null);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("media_attachment.meta is no object", failure);
        }
    }
}
