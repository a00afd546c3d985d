package social.dunlin.api.streaming;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What the HTTP server must know of WebSockets. */
@ApplicationScoped
public class StreamServerOptions implements HttpServerOptionsCustomizer {
    /** Clients only ever send a few words. */
    private static final int LARGEST_MESSAGE = 8 * 1024;
    private static final int SECONDS_TO_CLOSE = 5;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        apply(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        apply(options);
    }

    static void apply(HttpServerOptions options) {
        // Browsers put the token where a protocol is named, and hang up unless it is said back to them.
        options.setWebSocketSubProtocols(List.of("*"));
        // A compressor per connection costs many times the connection.
        options.setPerMessageWebSocketCompressionSupported(false);
        options.setPerFrameWebSocketCompressionSupported(false);
        options.setMaxWebSocketFrameSize(LARGEST_MESSAGE);
        options.setMaxWebSocketMessageSize(LARGEST_MESSAGE);
        options.setWebSocketClosingTimeout(SECONDS_TO_CLOSE);
    }
}
