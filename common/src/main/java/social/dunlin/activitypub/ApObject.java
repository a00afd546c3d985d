package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.dunlin.id.ObjectUri;
import social.dunlin.text.PlainText;

/**
 * A tolerant view of one JSON object from elsewhere. Every accessor takes any form in use and answers null or an empty
 * list for what is absent or unusable; none throws. A bare name wins over its aliases ({@code name} over
 * {@code as:name}), so that every reader of a document sees the same value.
 */
public final class ApObject {
    private final ObjectNode json;
    private final Map<String, JsonNode> aliases;

    public ApObject(ObjectNode json) {
        this.json = json;
        this.aliases = aliases(json);
    }

    private static Map<String, JsonNode> aliases(ObjectNode json) {
        Map<String, JsonNode> aliases = null;
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String bare = ActivityStreams.bareName(member.getKey());
            if (!bare.equals(member.getKey())) {
                aliases = aliases == null ? new HashMap<>() : aliases;
                aliases.putIfAbsent(bare, member.getValue());
            }
        }
        return aliases == null ? Map.of() : aliases;
    }

    /** The document as it came, for forwarding and proofs. */
    public ObjectNode json() {
        return json;
    }

    /** The value under a name or one of its aliases; null when absent or JSON null. */
    public JsonNode raw(String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            value = aliases.get(name);
        }
        return value == null || value.isNull() ? null : value;
    }

    public boolean has(String name) {
        return raw(name) != null;
    }

    public String id() {
        return id("id");
    }

    /** The first type, or an empty string. */
    public String type() {
        List<String> types = types();
        return types.isEmpty() ? "" : types.getFirst();
    }

    public List<String> types() {
        return strings("type").stream().map(ActivityStreams::bareName).toList();
    }

    public boolean isA(String type) {
        return types().contains(type);
    }

    /** All values under a name, lists opened and nulls left out. */
    public List<JsonNode> values(String name) {
        List<JsonNode> values = new ArrayList<>();
        collect(raw(name), values);
        return values;
    }

    private static void collect(JsonNode value, List<JsonNode> values) {
        if (value == null || value.isNull()) {
            return;
        }
        if (value.isArray()) {
            value.forEach(item -> collect(item, values));
        } else if (value.has("@list") || value.has("@set")) {
            collect(value.has("@list") ? value.get("@list") : value.get("@set"), values);
        } else {
            values.add(value);
        }
    }

    /** The first usable text: a string, a number, or a language-tagged value. */
    public String string(String name) {
        for (JsonNode value : values(name)) {
            String text = text(value);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    public List<String> strings(String name) {
        List<String> strings = new ArrayList<>();
        for (JsonNode value : values(name)) {
            String text = text(value);
            if (text != null) {
                strings.add(text);
            }
        }
        return strings;
    }

    private static String text(JsonNode value) {
        if (value.isTextual()) {
            return PlainText.wellFormed(value.textValue());
        }
        if (value.isNumber()) {
            return value.asText();
        }
        JsonNode inner = value.get("@value");
        return inner == null || inner.isContainerNode() || inner.isNull() ? null : text(inner);
    }

    /** The language of a language-tagged value ({@code {"@value": …, "@language": …}}), or null. */
    public String languageOf(String name) {
        for (JsonNode value : values(name)) {
            if (value.path("@language").isTextual()) {
                return value.get("@language").textValue();
            }
        }
        return null;
    }

    /** A language map such as {@code contentMap}, in its order. A list stands for its first text. */
    public Map<String, String> languageMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (JsonNode value : values(name)) {
            if (value instanceof ObjectNode map) {
                ApObject view = new ApObject(map);
                for (Map.Entry<String, JsonNode> entry : map.properties()) {
                    String text = view.string(entry.getKey());
                    if (text != null && texts.size() < 64) {
                        texts.putIfAbsent(entry.getKey(), text);
                    }
                }
            }
        }
        return texts;
    }

    /** The first id: an IRI string, or the id of an embedded object, or the target of an embedded Link. */
    public String id(String name) {
        List<String> ids = ids(name);
        return ids.isEmpty() ? null : ids.getFirst();
    }

    /** Every id once, in order. */
    public List<String> ids(String name) {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode value : values(name)) {
            String id = idOf(value);
            if (id != null) {
                ids.add(id);
            }
        }
        return List.copyOf(ids);
    }

    static String idOf(JsonNode value) {
        JsonNode id = value;
        if (value instanceof ObjectNode object) {
            ApObject view = new ApObject(object);
            id = view.raw("id");
            if (id == null && view.isA("Link")) {
                id = view.raw("href");
            }
            if (id == null) {
                id = object.get("@value");
            }
        }
        if (id == null || !id.isTextual()) {
            return null;
        }
        String text = PlainText.wellFormed(id.textValue()).strip();
        return text.isEmpty() || !ObjectUri.isShortEnough(text) ? null : text;
    }

    /** Addresses with Public in its one full spelling. */
    public List<String> addresses(String name) {
        return ids(name).stream().map(id -> ActivityStreams.isPublic(id) ? ActivityStreams.PUBLIC : id).distinct().toList();
    }

    public ApObject object(String name) {
        List<ApObject> objects = objects(name);
        return objects.isEmpty() ? null : objects.getFirst();
    }

    /** The embedded objects under a name; plain IRIs are left out. */
    public List<ApObject> objects(String name) {
        List<ApObject> objects = new ArrayList<>();
        for (JsonNode value : values(name)) {
            if (value instanceof ObjectNode object) {
                objects.add(new ApObject(object));
            }
        }
        return objects;
    }

    /** Ids and embedded objects alike. */
    public List<ApReference> references(String name) {
        List<ApReference> references = new ArrayList<>();
        for (JsonNode value : values(name)) {
            if (value instanceof ObjectNode object) {
                references.add(new ApReference(idOf(object), new ApObject(object)));
            } else if (idOf(value) != null) {
                references.add(new ApReference(idOf(value), null));
            }
        }
        return references;
    }

    public ApReference reference(String name) {
        List<ApReference> references = references(name);
        return references.isEmpty() ? null : references.getFirst();
    }

    /** A whole number, also when written as text or as a decimal; null when absent or out of range. */
    public Long number(String name) {
        Double value = decimal(name);
        return value == null || Math.abs(value) > 9e15 ? null : value.longValue();
    }

    /** A finite number, also when written as text. */
    public Double decimal(String name) {
        for (JsonNode value : values(name)) {
            Double number = decimalOf(value);
            if (number != null) {
                return number;
            }
        }
        return null;
    }

    static Double decimalOf(JsonNode value) {
        JsonNode plain = value.has("@value") ? value.get("@value") : value;
        if (plain.isNumber()) {
            return Double.isFinite(plain.doubleValue()) ? plain.doubleValue() : null;
        }
        if (!plain.isTextual() || !plain.textValue().strip().matches("[-+]?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            return null;
        }
        return Double.valueOf(plain.textValue().strip());
    }

    /** Null when absent: for many members absence and false differ. */
    public Boolean bool(String name) {
        for (JsonNode value : values(name)) {
            JsonNode plain = value.has("@value") ? value.get("@value") : value;
            if (plain.isBoolean()) {
                return plain.booleanValue();
            }
            if (plain.isTextual() && (plain.textValue().equals("true") || plain.textValue().equals("false"))) {
                return plain.textValue().equals("true");
            }
        }
        return null;
    }

    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(bool(name));
    }

    /** A point in time in any form in use; null when absent or bad. */
    public Instant date(String name) {
        String text = string(name);
        return text == null ? null : Dates.parse(text);
    }
}
