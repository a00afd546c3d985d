package social.dunlin.api.activitypub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.api.access.ClientAddress;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.RateLimits;
import social.dunlin.api.error.ErrorEntity;
import social.dunlin.refusal.Refusal;

/**
 * The shared inbox as other servers use it: a plain route before {@link InboxResource}, because this is the request that comes
 * most often of all, and what a resource sets up for each one cost more than what is asked of it. Same limits, same
 * answers. What servers seldom send (a query, a wish for HTML, {@code Expect: 100-continue}) goes on to the resource.
 */
@ApplicationScoped
public class InboxRoute {
    private static final Logger LOG = Logger.getLogger(InboxRoute.class);
    private static final long BODY_PATIENCE = Duration.ofSeconds(60).toMillis();

    private final Vertx vertx;
    private final SignedRequests requests;
    private final InboxReception reception;
    private final RateLimits limits;
    private final ClientAddress addresses;
    private final ObjectMapper json;

    public InboxRoute(Vertx vertx, SignedRequests requests, InboxReception reception, RateLimits limits, ClientAddress addresses, ObjectMapper json) {
        this.vertx = vertx;
        this.requests = requests;
        this.reception = reception;
        this.limits = limits;
        this.addresses = addresses;
        this.json = json;
    }

    void register(@Observes Router router) {
        router.post("/inbox").handler(this::receive);
    }

    private void receive(RoutingContext route) {
        HttpServerRequest request = route.request();
        String accepted = request.getHeader("Accept");
        if (request.query() != null || request.headers().contains("Expect") || accepted != null && accepted.contains("text/html")) {
            route.next();
            return;
        }
        new Arrival(request).begin();
    }

    /** A request whose body is on its way. Of its event loop alone until it is there. */
    private final class Arrival {
        private final HttpServerRequest request;
        private final Buffer body = Buffer.buffer();
        /** It is answered already; what still comes is let go. */
        private boolean refused;
        private boolean moved;
        private long timer;

        private Arrival(HttpServerRequest request) {
            this.request = request;
        }

        private void begin() {
            timer = vertx.setPeriodic(BODY_PATIENCE, late -> giveUpUnlessMoved());
            request.exceptionHandler(gone -> vertx.cancelTimer(timer));
            request.handler(this::more);
            request.endHandler(complete -> end());
            try {
                limits.count(Limit.SERVER_ADDRESS, RateLimits.network(addresses.of(request))).refuseExcess();
                Inbox.requireLength(request.getHeader("Content-Length"));
            } catch (Refusal refusal) {
                refuse(refusal);
            }
        }

        private void more(Buffer piece) {
            moved = true;
            if (!refused && body.length() + piece.length() > ActivityJson.MAXIMUM_SIZE) {
                refuse(Inbox.tooLarge());
            } else if (!refused) {
                body.appendBuffer(piece);
            }
        }

        private void refuse(Refusal refusal) {
            refused = true;
            InboxRoute.this.refuse(request, refusal);
        }

        private void end() {
            vertx.cancelTimer(timer);
            if (!refused) {
                Thread.ofVirtual().name("inbox").start(() -> answer(request, body.getBytes()));
            }
        }

        private void giveUpUnlessMoved() {
            if (moved) {
                moved = false;
                return;
            }
            vertx.cancelTimer(timer);
            refused = true;
            if (request.version() == HttpVersion.HTTP_2) {
                request.response().reset();
            } else {
                request.connection().close();
            }
        }
    }

    private void answer(HttpServerRequest request, byte[] body) {
        try {
            reception.receive(request.getHeader("Content-Type"), requests.of(request, body));
            request.response().setStatusCode(202).end();
        } catch (Refusal refusal) {
            refuse(request, refusal);
        } catch (Throwable failure) {
            LOG.errorf(failure, "POST /inbox failed (request %s)", request.response().headers().get("X-Request-Id"));
            refuse(request, new Refusal(500, "Internal server error"));
        }
    }

    private void refuse(HttpServerRequest request, Refusal refusal) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.headWritten()) {
            return;
        }
        refusal.retryAfter().ifPresent(rest -> response.putHeader("Retry-After", Long.toString(Math.max(1, rest.toSeconds()))));
        try {
            response.setStatusCode(refusal.status()).putHeader("Content-Type", "application/json;charset=utf-8")
                .end(json.writeValueAsString(new ErrorEntity(refusal.getMessage())));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
