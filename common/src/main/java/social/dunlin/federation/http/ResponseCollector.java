package social.dunlin.federation.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Gathers one response on the event loop, within its limits, and hands it over as a whole. Whatever breaks a limit closes
 * the connection at once.
 */
final class ResponseCollector {
    /** Enough of an error page to be of use. */
    static final int CUT_OFF = 64 * 1024;

    private final HttpClientRequest request;
    private final int maximumBytes;
    private final boolean cutsOff;
    private final Predicate<String> acceptedType;
    private final Buffer body = Buffer.buffer();
    private final CompletableFuture<Raw> result = new CompletableFuture<>();

    /** A response whose body is still as it was sent. */
    record Raw(int status, ResponseHeaders headers, byte[] body) {
    }

    /** @param acceptedType asked for 2xx only */
    ResponseCollector(HttpClientRequest request, int maximumBytes, boolean cutsOff, Predicate<String> acceptedType) {
        this.request = request;
        this.maximumBytes = maximumBytes;
        this.cutsOff = cutsOff;
        this.acceptedType = acceptedType;
    }

    CompletableFuture<Raw> send(byte[] requestBody) {
        request.exceptionHandler(this::fail);
        request.response().onComplete(answer -> {
            if (answer.succeeded()) {
                receive(answer.result());
            } else {
                fail(answer.cause());
            }
        });
        request.end(Buffer.buffer(requestBody)).onFailure(this::fail);
        return result;
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
