package social.dunlin.federation.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * One request and its response, gathered within its limits and handed over as a whole. Whatever breaks a limit closes the
 * connection at once. Everything but waiting happens on the event loop of the connection, so who waits is woken once.
 */
final class Exchange {
    /** Enough of an error page to be of use. */
    static final int CUT_OFF = 64 * 1024;

    private final Context loop;
    private final byte[] requestBody;
    private final int maximumBytes;
    private final boolean cutsOff;
    private final Predicate<String> acceptedType;
    private final Buffer body = Buffer.buffer();
    private final CompletableFuture<Raw> result = new CompletableFuture<>();
    /** Of the loop alone. */
    private HttpClientRequest request;

    /** A response whose body is still as it was sent. */
    record Raw(int status, ResponseHeaders headers, byte[] body) {
    }

    /** The request cannot have been received. */
    static final class NotConnected extends Exception {
        NotConnected(Throwable cause) {
            super(cause);
        }
    }

    /**
     * @param acceptedType asked for 2xx only
     * @param maximumBytes of the response; 0 when its body is of no account and may be cut off
     */
    Exchange(Context loop, byte[] requestBody, int maximumBytes, boolean cutsOff, Predicate<String> acceptedType) {
        this.loop = loop;
        this.requestBody = requestBody;
        this.maximumBytes = maximumBytes;
        this.cutsOff = cutsOff;
        this.acceptedType = acceptedType;
    }

    /**
     * Sends it and waits.
     *
     * @throws NotConnected   when no connection was to be had, so another address may be tried
     * @throws FetchException when there is no answer within its limits and the deadline
     */
    Raw send(HttpClient client, RequestOptions options, Deadline deadline) throws NotConnected {
        // The event loop keeps the time: a virtual thread that waits with a limit of its own wakes another thread twice for it.
        loop.runOnContext(ignored -> begin(client, options, deadline));
        try {
            return result.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof NotConnected notConnected) {
                throw notConnected;
            }
            if (failed.getCause() instanceof FetchException refused) {
                throw refused;
            }
            throw new FetchException.Unreachable("the connection to the other server broke", failed.getCause());
        } catch (InterruptedException interrupted) {
            abandon();
            throw Guard.interrupted(interrupted);
        }
    }

    private void begin(HttpClient client, RequestOptions options, Deadline deadline) {
        try {
            long timer = loop.owner().setTimer(Math.max(1, deadline.remaining().toMillis()), over -> late());
            result.whenComplete((answer, failure) -> loop.owner().cancelTimer(timer));
            client.request(options).onComplete(this::connected);
        } catch (IllegalStateException closed) {
            result.completeExceptionally(new NotConnected(closed));
        }
    }

    private void late() {
        String problem = request == null ? "the other server cannot be reached in time" : "the other server did not answer in time";
        if (result.completeExceptionally(new FetchException.Unreachable(problem, null))) {
            reset();
        }
    }

    private void abandon() {
        result.cancel(false);
        loop.runOnContext(ignored -> reset());
    }

    private void reset() {
        if (request != null) {
            request.reset();
        }
    }

    private void connected(AsyncResult<HttpClientRequest> connection) {
        if (connection.failed()) {
            result.completeExceptionally(new NotConnected(connection.cause()));
        } else if (result.isDone()) {
            connection.result().reset();
        } else {
            request = connection.result();
            talk();
        }
    }

    private void talk() {
        request.exceptionHandler(this::fail);
        request.response().onComplete(answer -> {
            if (answer.succeeded()) {
                receive(answer.result());
            } else {
                fail(answer.cause());
            }
        });
        request.end(Buffer.buffer(requestBody)).onFailure(this::fail);
    }

    private void receive(HttpClientResponse response) {
        Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().names().forEach(name -> lines.put(name, response.headers().getAll(name)));
        ResponseHeaders headers = new ResponseHeaders(lines);
        boolean success = response.statusCode() >= 200 && response.statusCode() < 300;
        if (success && !acceptedType.test(headers.first("Content-Type").orElse(""))) {
            fail(new FetchException.WrongType());
            return;
        }
        boolean ofNoAccount = !success || maximumBytes == 0;
        boolean cutOff = ofNoAccount || cutsOff;
        int limit = ofNoAccount ? CUT_OFF : maximumBytes;
        if (!cutOff && declaredLength(headers) > limit) {
            fail(new FetchException.TooLarge());
            return;
        }
        response.exceptionHandler(this::fail);
        response.handler(chunk -> {
            body.appendBuffer(chunk);
            if (body.length() <= limit) {
                return;
            }
            if (cutOff) {
                result.complete(new Raw(response.statusCode(), headers, body.getBytes(0, limit)));
                request.reset();
            } else {
                fail(new FetchException.TooLarge());
            }
        });
        response.endHandler(end -> result.complete(new Raw(response.statusCode(), headers, body.getBytes())));
    }

    private static long declaredLength(ResponseHeaders headers) {
        try {
            return headers.first("Content-Length").map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException unreadable) {
            return Long.MAX_VALUE;
        }
    }

    private void fail(Throwable cause) {
        if (result.completeExceptionally(cause)) {
            request.reset();
        }
    }
}
