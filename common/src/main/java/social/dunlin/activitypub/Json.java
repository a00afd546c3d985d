package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** Small words for building documents; members keep the order in which they are put. */
final class Json {
    private Json() {
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode strings(Collection<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    static ObjectNode putIfPresent(ObjectNode object, String name, String value) {
        return value == null ? object : object.put(name, value);
    }

    /** A document to be embedded in another one, which has the context. */
    static ObjectNode withoutContext(ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        copy.remove("@context");
        return copy;
    }

    static ObjectNode withContext(JsonNode context, ObjectNode document) {
        ObjectNode whole = object();
        whole.set("@context", context.deepCopy());
        document.properties().forEach(member -> {
            if (!member.getKey().equals("@context")) {
                whole.set(member.getKey(), member.getValue());
            }
        });
        return whole;
    }

    static ObjectNode address(ObjectNode document, Audience audience) {
        document.set("to", strings(audience.to()));
        document.set("cc", strings(audience.cc()));
        return document;
    }
}
