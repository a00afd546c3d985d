package social.dunlin.api.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.RateLimits;
import social.dunlin.api.access.TokenGate;
import social.dunlin.api.error.ErrorEntity;
import social.dunlin.domain.Domain;
import social.dunlin.oauth.AccessToken;
import social.dunlin.refusal.Refusal;

/**
 * {@code /api/v1/streaming} and below (behaviours §19). Plain routes instead of a resource, because connections outlive
 * their request and a thousand of them may cost little (adr/0016). Everybody needs a user's token, health excepted.
 */
@ApplicationScoped
public class StreamRoutes {
    private static final String BASE = "/api/v1/streaming";
    public static final String HEALTH = BASE + "/health";
    /** The event sources, by address; a WebSocket opens at {@code /api/v1/streaming} and says which streams it wants. */
    public static final Map<String, String> STREAMS = Map.of(
        BASE + "/user", "user", BASE + "/user/notification", "user:notification", BASE + "/public", "public",
        BASE + "/public/local", "public:local", BASE + "/public/remote", "public:remote", BASE + "/hashtag", "hashtag",
        BASE + "/hashtag/local", "hashtag:local", BASE + "/list", "list", BASE + "/direct", "direct");
    private static final Logger LOG = Logger.getLogger(StreamRoutes.class);

    private final Vertx vertx;
    private final StreamHub hub;
    private final TokenGate gate;
    private final RateLimits limits;
    private final OwnLists lists;
    private final ObjectMapper json;

    public StreamRoutes(Vertx vertx, StreamHub hub, TokenGate gate, RateLimits limits, OwnLists lists, ObjectMapper json) {
        this.vertx = vertx;
        this.hub = hub;
        this.gate = gate;
        this.limits = limits;
        this.lists = lists;
        this.json = json;
    }

    void register(@Observes Router router) {
        router.get(HEALTH).handler(route -> health(route.response()));
        // The request alone is handed on, so that nothing of its route is kept for as long as the connection lives.
        router.get(BASE).handler(route -> stream(route.request(), route.response()));
        router.get(BASE + "/*").handler(route -> stream(route.request(), route.response()));
    }

    @Access(Level.PUBLIC)
    void health(HttpServerResponse response) {
        response.putHeader("Content-Type", "text/plain; charset=utf-8").end("OK");
    }

    /** A WebSocket, or the event source of one stream. */
    @Access(value = Level.USER_TOKEN, scopes = {"read:statuses", "read:notifications"})
    void stream(HttpServerRequest request, HttpServerResponse response) {
        try {
            String path = request.path().replaceFirst("/+$", "");
            String stream = STREAMS.get(path);
            if (stream == null && !path.equals(BASE)) {
                throw Refusal.badRequest("Unknown channel requested");
            }
            boolean mediaOnly = isTrue(request.getParam("only_media")) && stream != null && stream.startsWith("public");
            boolean upgrade = stream == null && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
            admit(request, response, upgrade, mediaOnly ? stream + ":media" : stream);
        } catch (IllegalArgumentException brokenQuery) {
            refuse(response, Refusal.badRequest("Bad request"));
        } catch (Refusal refusal) {
            refuse(response, refusal);
        }
    }

    private static boolean isTrue(String value) {
        return "true".equals(value) || "1".equals(value);
    }

    /** Looks at the token on a virtual thread while the request waits. @param name the stream of an event source */
    private void admit(HttpServerRequest request, HttpServerResponse response, boolean upgrade, String name) {
        String tag = request.getParam("tag");
        String list = request.getParam("list");
        request.pause();
        Context loop = vertx.getOrCreateContext();
        Thread.ofVirtual().name("stream-admission").start(() -> {
            boolean held = false;
            try {
                Domain domain = gate.domain(request);
                AccessToken token = token(request, domain);
                Optional<StreamName> stream = upgrade ? Optional.empty() : Optional.of(StreamName.of(name, tag, list, token.scopes()));
                stream.ifPresent(one -> lists.require(token.accountId().orElseThrow(), one));
                hub.admit(token.accountId().orElseThrow());
                hub.hold();
                held = true;
                loop.runOnContext(ignored -> stream.ifPresentOrElse(one -> openEventSource(request, response, token, domain, one),
                    () -> openWebSocket(request, token, domain)));
            } catch (RuntimeException failure) {
                if (held) {
                    hub.release();
                }
                loop.runOnContext(ignored -> {
                    request.resume();
                    refuse(response, failure);
                });
            }
        });
    }

    /** Header, query, or where browsers can put it on a WebSocket: the protocol they ask for. */
    private AccessToken token(HttpServerRequest request, Domain domain) {
        String text = TokenGate.bearer(request).or(() -> Optional.ofNullable(request.getParam("access_token")))
            .or(() -> Optional.ofNullable(request.getHeader("Sec-WebSocket-Protocol")).map(protocols -> protocols.split(",")[0].strip()))
            .filter(sent -> !sent.isEmpty()).orElseThrow(() -> new Refusal(401, "Missing access token"));
        AccessToken token = gate.enter(text, domain);
        if (!token.isUserToken()) {
            throw Refusal.unauthorized();
        }
        RateLimits.Usage usage = limits.count(Limit.TOKEN, Long.toString(token.id()));
        if (usage.isExceeded()) {
            throw Refusal.tooManyRequests(Duration.between(Instant.now(), usage.reset()));
        }
        return token;
    }

    private void openWebSocket(HttpServerRequest request, AccessToken token, Domain domain) {
        String name = request.getParam("stream");
        String tag = request.getParam("tag");
        String list = request.getParam("list");
        request.toWebSocket().onSuccess(socket -> enter(socket, token, domain, name, tag, list)).onFailure(failure -> {
            LOG.debugf("No WebSocket came of a request for one: %s", failure.getMessage());
            hub.release();
        });
    }

    private void enter(ServerWebSocket socket, AccessToken token, Domain domain, String name, String tag, String list) {
        WebSocketReader reader = new WebSocketReader(token, domain, socket, lists);
        socket.closeHandler(ignored -> hub.leave(reader));
        hub.enter(reader);
        if (name != null) {
            reader.watch(name, tag, list, true);
        }
    }

    private void openEventSource(HttpServerRequest request, HttpServerResponse response, AccessToken token, Domain domain, StreamName stream) {
        request.resume();
        EventSourceReader reader = new EventSourceReader(token, domain, response);
        response.exceptionHandler(ignored -> { });
        response.closeHandler(ignored -> hub.leave(reader));
        response.endHandler(ignored -> hub.leave(reader));
        if (response.closed()) {
            hub.release();
            return;
        }
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "private, no-store")
            .putHeader("X-Accel-Buffering", "no");
        reader.watch(stream);
        // Before the greeting, so that nothing is missed that happens after it.
        hub.enter(reader);
        reader.send(":)\n");
    }

    private void refuse(HttpServerResponse response, RuntimeException failure) {
        Refusal refusal = failure instanceof Refusal known ? known : new Refusal(503, "Try again later");
        if (refusal != failure) {
            LOG.errorf(failure, "Nobody could be let in to a stream");
        }
        if (response.closed()) {
            return;
        }
        try {
            response.setStatusCode(refusal.status()).putHeader("Content-Type", "application/json; charset=utf-8")
                .end(json.writeValueAsString(new ErrorEntity(refusal.getMessage())));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
