package social.dunlin.federation.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import social.dunlin.id.ObjectUri;

/**
 * An answer whose body comes piece by piece. No more than a window of it is held: while nobody takes, the other server
 * cannot send. One that dribbles is cut off, since it holds a place that others wait for. Close it in any case.
 */
public final class StreamedResponse implements AutoCloseable {
    private static final int WINDOW_BYTES = 64 * 1024;
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(20);
    /** What all waiting together may take, and how much more each byte earns: eight kilobytes a second. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final long PATIENCE_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / 8192;

    private final ObjectUri uri;
    private final HttpClientResponse response;
    private final ResponseHeaders headers;
    private final long maximumBytes;
    private final HostLimiter.Permit permit;
    private final Context loop = Vertx.currentContext();
    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean stalled;
    private volatile boolean whole;
    private long received;
    private long waited;

    private sealed interface Arrival {
    }

    private record Piece(Buffer bytes) implements Arrival {
    }

    private record End(FetchException failure) implements Arrival {
    }

    /** On the event loop, before any of the body is read. */
    StreamedResponse(ObjectUri uri, HttpClientResponse response, long maximumBytes, HostLimiter.Permit permit) {
        this.uri = uri;
        this.response = response;
        this.maximumBytes = maximumBytes;
        this.permit = permit;
        Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().names().forEach(name -> lines.put(name, response.headers().getAll(name)));
        this.headers = new ResponseHeaders(lines);
        response.exceptionHandler(broken -> arrivals.add(new End(new FetchException.Unreachable("the connection to the other server broke", broken))));
        response.handler(this::arrived);
        response.endHandler(end -> {
            whole = true;
            arrivals.add(new End(null));
        });
    }

    private void arrived(Buffer bytes) {
        arrivals.add(new Piece(bytes));
        if (held.addAndGet(bytes.length()) >= WINDOW_BYTES && !stalled) {
            stalled = true;
            response.pause();
            goOn();
        }
    }

    /** On the event loop. Asked once more after stalling, for the taker may have emptied the window just before. */
    private void goOn() {
        if (stalled && held.get() < WINDOW_BYTES / 2) {
            stalled = false;
            response.resume();
        }
    }

    /** Where it came from in the end. */
    public ObjectUri uri() {
        return uri;
    }

    public int status() {
        return response.statusCode();
    }

    public ResponseHeaders headers() {
        return headers;
    }

    /** As the other server announces it. */
    public OptionalLong length() {
        try {
            return headers.first("Content-Length").map(text -> OptionalLong.of(Long.parseLong(text))).orElse(OptionalLong.empty());
        } catch (NumberFormatException unreadable) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
    }

    /** The next bytes, null behind the last ones, when it closes by itself. Waits for them. */
    public Buffer next() {
        return switch (awaitArrival()) {
            case Piece(Buffer bytes) -> taken(bytes);
            case End(FetchException failure) -> {
                close();
                if (failure != null) {
                    throw failure;
                }
                arrivals.add(new End(null));
                yield null;
            }
        };
    }

    /** The same as a stream, which closes this when it is closed. What breaks is an {@link IOException}. */
    public InputStream asStream() {
        return new InputStream() {
            private Buffer piece = Buffer.buffer();
            private int position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                while (piece != null && position == piece.length()) {
                    try {
                        piece = next();
                    } catch (FetchException broken) {
                        throw new IOException(broken.getMessage(), broken);
                    }
                    position = 0;
                }
                if (piece == null) {
                    return -1;
                }
                int count = Math.min(length, piece.length() - position);
                piece.getBytes(position, position + count, target, offset);
                position += count;
                return count;
            }

            @Override
            public void close() {
                StreamedResponse.this.close();
            }
        };
    }

    private Arrival awaitArrival() {
        long pause = Math.min(LONGEST_PAUSE, PATIENCE + received * PATIENCE_PER_BYTE - waited);
        long begun = System.nanoTime();
        try {
            Arrival arrival = arrivals.poll(Math.max(1, pause), TimeUnit.NANOSECONDS);
            waited += System.nanoTime() - begun;
            if (arrival != null) {
                return arrival;
            }
        } catch (InterruptedException interrupted) {
            close();
            throw Guard.interrupted(interrupted);
        }
        close();
        throw new FetchException.Unreachable("the other server sends too slowly", null);
    }

    private Buffer taken(Buffer bytes) {
        received += bytes.length();
        if (received > maximumBytes) {
            close();
            throw new FetchException.TooLarge();
        }
        if (held.addAndGet(-bytes.length()) < WINDOW_BYTES / 2 && stalled) {
            loop.runOnContext(ignored -> goOn());
        }
        return bytes;
    }

    /** Ends the connection unless all has come. Whoever waits for more is told that it broke. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (!whole) {
                response.request().reset();
            }
            arrivals.add(new End(whole ? null : new FetchException.Unreachable("nobody waits for the rest", null)));
            permit.close();
        }
    }
}
