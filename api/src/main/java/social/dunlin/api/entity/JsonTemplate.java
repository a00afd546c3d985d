package social.dunlin.api.entity;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An entity written out as JSON, with gaps where some of its members stood. Members next to each other share a gap. Who
 * fills a gap writes a comma before each member; the first member of all is never left out.
 */
final class JsonTemplate {
    private final byte[] bytes;
    /** Where each part ends; there is one more of them than gaps. */
    private final int[] ends;

    private JsonTemplate(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    /** @param leftOut names of members of the object itself, in the entity's own spelling */
    static JsonTemplate of(ObjectMapper json, Object entity, Set<String> leftOut) {
        try {
            return cut(json, json.writeValueAsBytes(entity), leftOut);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static JsonTemplate cut(ObjectMapper json, byte[] whole, Set<String> leftOut) throws IOException {
        JsonBytes kept = new JsonBytes(whole.length);
        List<Integer> ends = new ArrayList<>();
        int from = 0;
        int length = 0;
        boolean gap = false;
        try (JsonParser parser = json.getFactory().createParser(whole)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean out = leftOut.contains(parser.currentName());
                // A comma stands before every name but the first.
                int before = (int) parser.currentTokenLocation().getByteOffset() - 1;
                if (out && !gap) {
                    kept.add(whole, from, before);
                    length += before - from;
                    ends.add(length);
                } else if (!out && gap) {
                    from = before;
                }
                gap = out;
                parser.nextToken();
                parser.skipChildren();
            }
        }
        int last = gap ? whole.length - 1 : from;
        kept.add(whole, last, whole.length);
        ends.add(length + whole.length - last);
        return new JsonTemplate(kept.toArray(), ends.stream().mapToInt(Integer::intValue).toArray());
    }

    void write(int part, JsonBytes out) {
        out.add(bytes, part == 0 ? 0 : ends[part - 1], ends[part]);
    }

    int size() {
        return bytes.length;
    }
}
