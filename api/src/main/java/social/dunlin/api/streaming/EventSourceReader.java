package social.dunlin.api.streaming;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import social.dunlin.domain.Domain;
import social.dunlin.oauth.AccessToken;

/** A client that reads one stream as server-sent events. */
final class EventSourceReader extends Reader {
    private final HttpServerResponse response;

    EventSourceReader(AccessToken token, Domain domain, HttpServerResponse response) {
        super(token, domain);
        this.response = response;
    }

    @Override
    String inWords(StreamName stream, StreamEvent event) {
        return event.serverSent();
    }

    @Override
    Future<Void> write(String text) {
        return response.write(text);
    }

    @Override
    void beat() {
        send(":thump\n");
    }

    @Override
    void close() {
        response.end();
    }

    @Override
    void abort() {
        response.reset();
    }
}
