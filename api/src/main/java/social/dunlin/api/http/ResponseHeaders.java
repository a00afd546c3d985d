package social.dunlin.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Headers of every answer, set before any handler runs and completed just before it is sent. Never waits. */
@ApplicationScoped
public class ResponseHeaders {
    private static final int BEFORE_ALL_OTHERS = 1000;
    /** Where web clients of other origins may call (Mastodon: config/initializers/cors.rb). */
    private static final Pattern CROSS_ORIGIN = Pattern.compile("/oauth/(token|revoke|userinfo)|/\\.well-known/.*|/nodeinfo/.*");
    private static final Pattern CROSS_ORIGIN_READ = Pattern.compile("/@[^/]+|/users/[^/]+|/media/.*");
    private static final String EXPOSED =
        "Link, Mastodon-Async-Refresh, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id";

    void register(@Observes Filters filters) {
        filters.register(this::handle, BEFORE_ALL_OTHERS);
    }

    private void handle(RoutingContext route) {
        HttpServerRequest request = route.request();
        HttpServerResponse response = route.response();
        response.putHeader("X-Request-Id", requestId());
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("Referrer-Policy", "same-origin");
        String path = request.path() == null ? "" : request.path();
        boolean api = path.startsWith("/api/");
        boolean everything = api || CROSS_ORIGIN.matcher(path).matches();
        boolean reading = !everything && CROSS_ORIGIN_READ.matcher(path).matches();
        if (everything || reading) {
            response.putHeader("Access-Control-Allow-Origin", "*");
            response.putHeader("Access-Control-Expose-Headers", EXPOSED);
            if (isPreflight(request)) {
                answerPreflight(request, response, everything ? "POST, PUT, DELETE, GET, PATCH, OPTIONS" : "GET");
                return;
            }
        }
        if (api) {
            route.addHeadersEndHandler(ignored -> cacheHeaders(request, response));
        }
        route.next();
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS) && request.headers().contains("Access-Control-Request-Method");
    }

    private static void answerPreflight(HttpServerRequest request, HttpServerResponse response, String methods) {
        response.putHeader("Access-Control-Allow-Methods", methods);
        response.putHeader("Access-Control-Max-Age", "7200");
        String wanted = request.getHeader("Access-Control-Request-Headers");
        if (wanted != null) {
            response.putHeader("Access-Control-Allow-Headers", wanted);
        }
        response.end();
    }

    /** What was read with a token is nobody else's; what everybody may read may be kept a moment. */
    private static void cacheHeaders(HttpServerRequest request, HttpServerResponse response) {
        MultiMap headers = response.headers();
        headers.add("Vary", "Authorization");
        if (headers.contains("Cache-Control")) {
            return;
        }
        boolean identified = request.headers().contains("Authorization") || request.query() != null && request.query().contains("_token=");
        boolean reading = request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        boolean kept = reading && !identified && response.getStatusCode() == 200;
        headers.set("Cache-Control", kept ? "public, max-age=15" : "private, no-store");
    }

    private static String requestId() {
        byte[] bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
