package social.dunlin.api.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The client's end of a WebSocket. */
final class StreamClient {
    private final WebSocket socket;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private StreamClient(WebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(received::add);
        socket.closeHandler(ignored -> closed.countDown());
        socket.exceptionHandler(ignored -> { });
    }

    static StreamClient of(WebSocket socket) {
        return new StreamClient(socket);
    }

    record Message(String stream, String event, String payload) {
        JsonNode json() {
            return StreamClient.read(payload);
        }
    }

    /** @param stream such as {@code user}, {@code hashtag/cats} or {@code list/12} */
    void watch(String stream) {
        String[] parts = stream.split("/");
        say("{\"type\":\"subscribe\",\"stream\":\"%s\"%s}".formatted(parts[0], parts.length > 1 ? ",\"%s\":\"%s\"".formatted(parts[0].equals("list") ? "list" : "tag", parts[1]) : ""));
        settle();
    }

    void say(String text) {
        StreamWorld.await(socket.writeTextMessage(text));
    }

    void sayBinary(byte[] bytes) {
        StreamWorld.await(socket.writeBinaryMessage(Buffer.buffer(bytes)));
    }

    /** Messages are read in their order: when a later one has been answered, the earlier ones have had their effect. */
    void settle() {
        say("{\"type\":\"subscribe\",\"stream\":\"settled?\"}");
        assertEquals(400, read(text()).get("status").asInt());
    }

    String text() {
        try {
            String text = received.poll(60, TimeUnit.SECONDS);
            assertNotNull(text, "nothing arrived");
            return text;
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    Message next() {
        JsonNode message = read(text());
        assertNotNull(message.get("event"), () -> "no event: " + message);
        return new Message(message.get("stream").toString(), message.get("event").asText(), message.path("payload").asText(null));
    }

    /** The next one, which is this. */
    JsonNode next(String stream, String event) {
        Message message = next();
        assertEquals(stream + " " + event, message.stream() + " " + message.event(), message.payload());
        return message.json();
    }

    void assertClosed() {
        try {
            assertTrue(closed.await(60, TimeUnit.SECONDS), "still open");
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    Short closeCode() {
        return socket.closeStatusCode();
    }

    String protocol() {
        return socket.subProtocol();
    }

    static JsonNode read(String text) {
        try {
            return StreamWorld.JSON.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new AssertionError(text, failure);
        }
    }
}
