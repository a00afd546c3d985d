package social.dunlin.scenario;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** A person's client that watches a stream as server-sent events until the server ends. */
final class EventSource {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final int status;

    private EventSource(HttpResponse<Stream<String>> response) {
        status = response.statusCode();
        if (status == 200) {
            Thread.ofVirtual().start(() -> {
                try (Stream<String> body = response.body()) {
                    body.forEach(lines::add);
                } catch (RuntimeException ended) {
                    // The server has gone.
                }
            });
        }
    }

    /** Returns when the server has let the client in, or has refused. */
    static EventSource open(Api reader, String path) {
        try {
            HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(TestAuthority.get().clientContext()).build();
            HttpRequest request = reader.endless(path).build();
            EventSource source = new EventSource(client.send(request, HttpResponse.BodyHandlers.ofLines()));
            if (!source.hasRefused()) {
                Api.answered("GET", request.uri());
            }
            return source;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    boolean hasRefused() {
        return status != 200;
    }

    /** Whether a post of this id has come. */
    boolean contains(String statusId) {
        return lines.stream().anyMatch(line -> line.contains("\"id\":\"" + statusId + "\""));
    }
}
