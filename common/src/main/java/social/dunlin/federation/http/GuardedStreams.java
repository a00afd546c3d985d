package social.dunlin.federation.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import social.dunlin.id.ObjectUri;

/** Answers whose bodies are handed on instead of held. They have connections and turns of their own. */
final class GuardedStreams implements AutoCloseable {
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Vertx vertx;
    private final HttpClientSettings settings;
    private final Guard guard;
    private final HostLimiter limiter;
    /** Made with the first stream: most processes have none. */
    private HttpClient client;

    GuardedStreams(Vertx vertx, HttpClientSettings settings, Guard guard) {
        this.vertx = vertx;
        this.settings = settings;
        this.guard = guard;
        this.limiter = new HostLimiter(settings.streamsPerHost(), settings.streamsInAll());
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = vertx.createHttpClient(GuardedHttpClient.clientOptions(settings), GuardedHttpClient.poolOptions(settings.streamsPerHost()));
        }
        return client;
    }

    StreamedResponse open(ObjectUri uri, StreamOptions options) {
        Deadline deadline = Deadline.in(settings.totalTimeout());
        return Redirects.follow(uri, (current, cameFrom) -> {
            StreamedResponse response = ask(current, cameFrom, options, deadline);
            try {
                if (isWanted(response, options)) {
                    StreamedResponse wanted = response;
                    response = null;
                    return Redirects.Hop.arrived(wanted);
                }
                return Redirects.Hop.sentOn(response.status(), response.headers());
            } finally {
                if (response != null) {
                    response.close();
                }
            }
        });
    }

    private static boolean isWanted(StreamedResponse response, StreamOptions options) {
        boolean ranged = options.headers().stream().anyMatch(header -> header.name().equalsIgnoreCase("Range"));
        if (ranged && response.status() == RANGE_NOT_SATISFIABLE) {
            return true;
        }
        if (response.status() != 200 && !(ranged && response.status() == 206)) {
            return false;
        }
        String encoding = response.headers().first("Content-Encoding").orElse("identity").strip().toLowerCase(Locale.ROOT);
        if (!encoding.equals("identity") || !options.acceptedType().test(response.headers().first("Content-Type").orElse(""))) {
            throw new FetchException.WrongType();
        }
        if (response.length().orElse(0) > options.maximumBytes()) {
            throw new FetchException.TooLarge();
        }
        return true;
    }

    private StreamedResponse ask(ObjectUri uri, Optional<ObjectUri> cameFrom, StreamOptions options, Deadline deadline) {
        guard.checkName(uri, cameFrom);
        HostLimiter.Permit permit = limiter.acquire(uri.host().name(), deadline);
        boolean handedOn = false;
        try {
            List<InetAddress> addresses = guard.checkedAddresses(uri, cameFrom, deadline);
            RequestOptions request = guard.requestOptions("GET", uri, "identity", options.headers());
            StreamedResponse response = answer(uri, guard.connect(client(), request, addresses, deadline), options, permit, deadline);
            handedOn = true;
            return response;
        } finally {
            if (!handedOn) {
                permit.close();
            }
        }
    }

    private static StreamedResponse answer(ObjectUri uri, HttpClientRequest request, StreamOptions options, HostLimiter.Permit permit, Deadline deadline) {
        CompletableFuture<StreamedResponse> answer = new CompletableFuture<>();
        request.response().onComplete(head -> {
            if (head.failed()) {
                answer.completeExceptionally(head.cause());
                return;
            }
            StreamedResponse response = new StreamedResponse(uri, head.result(), options.maximumBytes(), permit);
            if (!answer.complete(response)) {
                request.reset();
            }
        });
        request.end().onFailure(answer::completeExceptionally);
        try {
            return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            request.reset();
            throw new FetchException.Unreachable("the connection to the other server broke", failed.getCause());
        } catch (TimeoutException late) {
            answer.cancel(false);
            request.reset();
            throw new FetchException.Unreachable("the other server did not answer in time", late);
        } catch (InterruptedException interrupted) {
            answer.cancel(false);
            request.reset();
            throw Guard.interrupted(interrupted);
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
