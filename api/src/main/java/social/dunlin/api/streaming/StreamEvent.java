package social.dunlin.api.streaming;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.HashMap;
import java.util.Map;

/** Something that is sent to several readers: put into words once for each form and stream. Used by one thread. */
final class StreamEvent {
    private final String name;
    private final String payload;
    private final Map<String, String> messages = new HashMap<>();
    private String serverSent;

    private StreamEvent(String name, String payload) {
        this.name = name;
        this.payload = payload;
    }

    /** @param payload JSON of an entity, or a bare id */
    static StreamEvent of(String name, String payload) {
        return new StreamEvent(name, payload);
    }

    static StreamEvent withoutPayload(String name) {
        return new StreamEvent(name, null);
    }

    /** For a WebSocket. The payload is JSON inside a JSON string: so are all clients built. */
    String message(StreamName stream) {
        return messages.computeIfAbsent(stream.json(), label -> {
            StringBuilder text = new StringBuilder("{\"stream\":").append(label).append(",\"event\":\"").append(name).append('"');
            if (payload != null) {
                text.append(",\"payload\":\"").append(JsonStringEncoder.getInstance().quoteAsString(payload)).append('"');
            }
            return text.append('}').toString();
        });
    }

    /** For an event source; one without data would be dropped by browsers. */
    String serverSent() {
        if (serverSent == null) {
            serverSent = "event: " + name + "\ndata: " + (payload == null ? "null" : payload) + "\n\n";
        }
        return serverSent;
    }
}
