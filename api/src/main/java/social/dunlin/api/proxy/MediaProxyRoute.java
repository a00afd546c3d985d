package social.dunlin.api.proxy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.ClientAddress;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.RateLimits;
import social.dunlin.federation.http.FetchException;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.MediaProxy;
import social.dunlin.media.proxy.ProxyAnswer;
import social.dunlin.media.proxy.ProxyAnswer.Body;
import social.dunlin.media.proxy.ProxyAnswer.Found;
import social.dunlin.media.proxy.ProxyQuestion;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.refusal.Refusal;

/**
 * {@code /proxy/media}: a plain route instead of a resource, because what comes is handed on at the pace of whoever is the
 * slower of the two, and a reader who takes nothing is cut off.
 */
@ApplicationScoped
public class MediaProxyRoute {
    private static final Logger LOG = Logger.getLogger(MediaProxyRoute.class);
    /** Whatever a type says, nothing of it is ever run under our name. */
    private static final Map<String, String> SAFETY = Map.of("X-Content-Type-Options", "nosniff",
        "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox", "Referrer-Policy", "no-referrer",
        "Cross-Origin-Resource-Policy", "cross-origin", "Access-Control-Allow-Origin", "*");
    private static final String KEPT = "public, max-age=604800";
    private static final String KEPT_SHORTLY = "public, max-age=300";
    private static final String NOT_KEPT = "no-store";
    private static final int LONGEST_QUERY = 10_000;
    private static final int READERS_PATIENCE_SECONDS = 60;

    private final MediaProxy proxy;
    private final RateLimits limits;
    private final ClientAddress addresses;

    public MediaProxyRoute(MediaProxy proxy, RateLimits limits, ClientAddress addresses) {
        this.proxy = proxy;
        this.limits = limits;
        this.addresses = addresses;
    }

    void register(@Observes Router router) {
        router.get(MediaAddresses.PATH).handler(route -> media(route.request(), route.response()));
        router.head(MediaAddresses.PATH).handler(route -> media(route.request(), route.response()));
    }

    @Access(Level.PUBLIC)
    void media(HttpServerRequest request, HttpServerResponse response) {
        SAFETY.forEach(response::putHeader);
        ProxyQuestion question;
        try {
            question = question(request);
            limits.count(Limit.PROXIED_MEDIA, RateLimits.network(addresses.of(request))).refuseExcess();
        } catch (IllegalArgumentException brokenQuery) {
            refuse(response, 400, NOT_KEPT);
            return;
        } catch (Refusal excess) {
            refuse(response, excess.status(), NOT_KEPT);
            return;
        }
        boolean headOnly = request.method().equals(HttpMethod.HEAD);
        Thread.ofVirtual().name("media-proxy").start(() -> answer(question, response, headOnly));
    }

    private static ProxyQuestion question(HttpServerRequest request) {
        if (request.query() != null && request.query().length() > LONGEST_QUERY) {
            throw new IllegalArgumentException("a query that long is none of ours");
        }
        // Two servers whose proxies name each other would ask in a ring (GHSA-gq5q-c77c-v236).
        boolean proxy = contains(request.getHeader("Via"), "dunlin") || contains(request.getHeader("User-Agent"), "dunlin/");
        Optional<Rendition> rendition = Rendition.tryParse(text(request, "as"));
        return new ProxyQuestion(text(request, "url"), text(request, "of"), rendition.orElse(Rendition.WHOLE),
            proxy || rendition.isEmpty() ? "" : text(request, "sig"),
            request.getHeader("Range"), request.getHeader("If-Range"), request.getHeader("If-None-Match"));
    }

    private static boolean contains(String header, String word) {
        return header != null && header.toLowerCase(Locale.ROOT).contains(word);
    }

    private static String text(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        return value == null ? "" : value;
    }

    private void answer(ProxyQuestion question, HttpServerResponse response, boolean headOnly) {
        try {
            switch (proxy.answer(question)) {
                case ProxyAnswer.Forged forged -> refuse(response, 403, NOT_KEPT);
                case ProxyAnswer.Missing missing -> refuse(response, 404, KEPT_SHORTLY);
                case ProxyAnswer.Later(boolean busy) -> later(response, busy);
                case ProxyAnswer.OutOfRange(String contentRange) -> {
                    response.putHeader("Content-Range", contentRange);
                    refuse(response, 416, NOT_KEPT);
                }
                case ProxyAnswer.Elsewhere(String address, String kept) -> {
                    response.putHeader("Location", address);
                    refuse(response, 302, kept);
                }
                case ProxyAnswer.Unchanged(String tag) -> response.setStatusCode(304).putHeader("ETag", tag).putHeader("Cache-Control", KEPT).end();
                case Found found -> send(found, response, headOnly);
            }
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "A picture could not be passed on");
            refuse(response, 500, NOT_KEPT);
        }
    }

    private static void later(HttpServerResponse response, boolean busy) {
        response.putHeader("Retry-After", busy ? "5" : "60");
        refuse(response, busy ? 503 : 502, NOT_KEPT);
    }

    private static void refuse(HttpServerResponse response, int status, String kept) {
        if (!response.headWritten() && !response.closed()) {
            response.setStatusCode(status).putHeader("Cache-Control", kept).putHeader("Content-Length", "0").end();
        }
    }

    private static void send(Found found, HttpServerResponse response, boolean headOnly) {
        // Also wakes whoever waits for more from the other server when the reader is gone.
        response.closeHandler(gone -> found.body().close());
        try (Body body = found.body()) {
            response.setStatusCode(found.status()).putHeader("Cache-Control", KEPT);
            found.headers().forEach(response::putHeader);
            found.length().ifPresentOrElse(length -> response.putHeader("Content-Length", Long.toString(length)), () -> response.setChunked(true));
            if (!headOnly) {
                copy(body, response);
            }
            response.end();
        } catch (FetchException | IOException broken) {
            LOG.debugf("What was being passed on broke off: %s", broken.getMessage());
            response.reset();
        }
    }

    private static void copy(Body body, HttpServerResponse response) throws IOException {
        for (Buffer piece = body.next(); piece != null; piece = body.next()) {
            Future<Void> written = response.write(piece);
            if (response.writeQueueFull()) {
                await(written);
            }
        }
    }

    private static void await(Future<Void> written) throws IOException {
        try {
            written.toCompletionStage().toCompletableFuture().get(READERS_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException gone) {
            throw new IOException("the reader takes no more", gone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
