package social.dunlin.api.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import social.dunlin.refusal.Refusal;

/** Reads a request body once, within bounds, into nested values: String, Boolean, Number, null, {@link Upload}, List, Map. */
final class RequestBody {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build()).build());

    private RequestBody() {
    }

    /**
     * @param contentType the header, may be null
     * @param textLimit   bytes of a JSON or form body, and of all plain fields of a multipart body
     * @param uploadLimit bytes of a whole multipart body
     */
    static Map<String, Object> read(String contentType, InputStream body, long textLimit, long uploadLimit) throws IOException {
        return switch (mediaType(contentType)) {
            case "application/json", "text/json" -> json(bounded(body, textLimit));
            case "application/x-www-form-urlencoded", "" -> form(bounded(body, textLimit));
            case "multipart/form-data" -> MultipartBody.read(contentType, body, textLimit, uploadLimit);
            default -> throw new Refusal(415,
                "Content-Type must be application/json, application/x-www-form-urlencoded or multipart/form-data");
        };
    }

    static boolean isMultipart(String contentType) {
        return mediaType(contentType).equals("multipart/form-data");
    }

    private static String mediaType(String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    private static byte[] bounded(InputStream body, long limit) throws IOException {
        byte[] bytes = body.readNBytes(Math.toIntExact(limit + 1));
        if (bytes.length > limit) {
            throw tooLarge();
        }
        return bytes;
    }

    static Refusal tooLarge() {
        return new Refusal(413, "The request body is too large");
    }

    private static Map<String, Object> form(byte[] bytes) {
        ParameterTree tree = new ParameterTree();
        tree.addEncoded(new String(bytes, StandardCharsets.UTF_8));
        return tree.root();
    }

    private static Map<String, Object> json(byte[] bytes) throws IOException {
        JsonNode node;
        try {
            node = JSON.readTree(bytes);
        } catch (JsonProcessingException failure) {
            throw Refusal.badRequest("There was a problem in the JSON you submitted: " + reason(failure));
        }
        if (node.isMissingNode() || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw Refusal.badRequest("There was a problem in the JSON you submitted: it must be an object");
        }
        return object(node);
    }

    /** Says where, and never repeats what was sent. */
    private static String reason(JsonProcessingException failure) {
        return failure.getLocation() == null ? "it cannot be read"
            : "it cannot be read at line %d, column %d".formatted(failure.getLocation().getLineNr(), failure.getLocation().getColumnNr());
    }

    private static Map<String, Object> object(JsonNode node) {
        Map<String, Object> result = new LinkedHashMap<>();
        node.properties().forEach(entry -> result.put(entry.getKey(), value(entry.getValue())));
        return result;
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> list(node);
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.numberValue();
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    private static List<Object> list(JsonNode node) {
        List<Object> result = new ArrayList<>(node.size());
        node.forEach(element -> result.add(value(element)));
        return result;
    }
}
