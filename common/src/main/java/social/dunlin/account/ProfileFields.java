package social.dunlin.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads and writes the JSON of {@code account.fields}: {@code [{name, value, source, verifiedAt}]}. */
public final class ProfileFields {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProfileFields() {
    }

    public static List<ProfileField> read(String json) {
        try {
            return StreamSupport.stream(JSON.readTree(json).spliterator(), false).map(ProfileFields::field).toList();
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("account.fields is no JSON", failure);
        }
    }

    public static String write(List<ProfileField> fields) {
        ArrayNode array = JSON.createArrayNode();
        for (ProfileField field : fields) {
            array.addObject()
                .put("name", field.name())
                .put("value", field.value())
                .put("source", field.source())
                .put("verifiedAt", field.verifiedAt() == null ? null : field.verifiedAt().toString());
        }
        return array.toString();
    }

    private static ProfileField field(JsonNode node) {
        String verifiedAt = text(node, "verifiedAt");
        return new ProfileField(node.path("name").asText(""), node.path("value").asText(""), text(node, "source"),
            verifiedAt == null ? null : Instant.parse(verifiedAt));
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }
}
