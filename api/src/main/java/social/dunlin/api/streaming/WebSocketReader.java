package social.dunlin.api.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import social.dunlin.domain.Domain;
import social.dunlin.oauth.AccessToken;
import social.dunlin.refusal.Refusal;

/** A client on a WebSocket: many streams at once, chosen by messages. */
final class WebSocketReader extends Reader {
    private static final short UNSUPPORTED_DATA = 1003;
    private static final int BEATS_PER_PING = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerWebSocket socket;
    private final OwnLists lists;
    private int beats;
    private volatile boolean silent;

    WebSocketReader(AccessToken token, Domain domain, ServerWebSocket socket, OwnLists lists) {
        super(token, domain);
        this.socket = socket;
        this.lists = lists;
        socket.textMessageHandler(this::heard);
        socket.binaryMessageHandler(ignored -> socket.close(UNSUPPORTED_DATA, "The streaming server does not support binary messages"));
        socket.pongHandler(ignored -> silent = false);
        socket.exceptionHandler(ignored -> { });
    }

    /** Never waits: called on an event loop. What is no message is ignored, as Mastodon does. */
    private void heard(String text) {
        silent = false;
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            return;
        }
        String type = message.path("type").asText();
        if (!type.equals("subscribe") && !type.equals("unsubscribe")) {
            return;
        }
        watch(text(message.path("stream")), text(message.path("tag")), text(message.path("list")), type.equals("subscribe"));
    }

    /** A list stands for its first entry. */
    private static String text(JsonNode value) {
        JsonNode single = value.isArray() ? value.path(0) : value;
        return single.isValueNode() && !single.isNull() ? single.asText() : null;
    }

    /** Begins or ends a stream, or says why not; the connection stays. */
    void watch(String name, String tag, String list, boolean begin) {
        try {
            StreamName stream = StreamName.of(name, tag, list, token().scopes());
            if (!begin) {
                leave(stream);
            } else if (!watch(stream)) {
                throw Refusal.unprocessable("Too many streams");
            } else if (stream.kind() == StreamKind.LIST) {
                Thread.ofVirtual().name("stream-list").start(() -> requireOwn(stream));
            }
        } catch (Refusal refusal) {
            answer(refusal);
        }
    }

    /** Waits. Nothing of somebody else's list comes here in the meantime either: {@link PostFanOut} looks whose it is. */
    private void requireOwn(StreamName stream) {
        try {
            lists.require(accountId(), stream);
        } catch (Refusal refusal) {
            leave(stream);
            answer(refusal);
        }
    }

    private void answer(Refusal refusal) {
        send("{\"error\":\"%s\",\"status\":%d}".formatted(new String(JsonStringEncoder.getInstance().quoteAsString(refusal.getMessage())),
            refusal.status()));
    }

    @Override
    String inWords(StreamName stream, StreamEvent event) {
        return event.message(stream);
    }

    /** One frame, however long: not all clients put pieces together. */
    @Override
    Future<Void> write(String text) {
        return socket.writeFinalTextFrame(text);
    }

    @Override
    void beat() {
        if (++beats % BEATS_PER_PING > 0) {
            return;
        }
        if (silent) {
            abort();
            return;
        }
        silent = true;
        socket.writePing(Buffer.buffer());
    }

    @Override
    void close() {
        socket.close();
    }

    @Override
    void abort() {
        // The close frame waits behind what is not taken; the server's closing timeout ends the connection without it.
        socket.close();
    }
}
