package social.dunlin.federation.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import social.dunlin.federation.signature.Header;
import social.dunlin.id.ObjectUri;

/**
 * For a service that the settings name, as a store of blobs: its address is the operator's word, so it may lie in a
 * private network and be spoken to unencrypted. Never for an address that came from elsewhere. Blocks, as everything here.
 */
public final class ServiceHttpClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PIECE = 64 * 1024;
    /** Less than the five seconds after which the most impatient servers hang up. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private final Guard guard;
    private final HostLimiter limiter;
    private final HttpClient client;

    public ServiceHttpClient(Vertx vertx, String userAgent, Optional<Path> trustedCertificates, int concurrency) {
        HttpClientSettings open = HttpClientSettings.defaults(userAgent).withPrivateAddresses(List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")), true);
        HttpClientSettings settings = trustedCertificates.map(open::withTrustedCertificates).orElse(open);
        this.guard = new Guard(settings, AddressResolver.system(), host -> false);
        this.limiter = new HostLimiter(concurrency, concurrency);
        this.client = vertx.createHttpClient(GuardedHttpClient.clientOptions(settings).setKeepAliveTimeout(KEEP_ALIVE_SECONDS), GuardedHttpClient.poolOptions(concurrency));
    }

    /** The bytes to send. @param length is exactly what {@code source} gives */
    public record Upload(long length, InputStream source) {
        public static Upload none() {
            return new Upload(0, InputStream.nullInputStream());
        }
    }

    /**
     * Any status is an answer; redirects are none that is followed. The last bytes are sent only when the source has said
     * that there are no more of them, so one that fails at its end has nothing stored. The source is closed.
     *
     * @throws FetchException when there is no answer to be had
     * @throws IOException    of the source
     */
    public StreamedResponse send(String method, ObjectUri uri, List<Header> headers, Upload upload) throws IOException {
        guard.checkName(uri, Optional.empty());
        Deadline deadline = Deadline.in(PATIENCE);
        HostLimiter.Permit permit = limiter.acquire(uri.host().name(), deadline);
        boolean handedOn = false;
        try (InputStream source = upload.source()) {
            RequestOptions options = guard.requestOptions(method, uri, "identity", headers);
            HttpClientRequest request = guard.connect(client, options, guard.checkedAddresses(uri, Optional.empty(), deadline), deadline);
            StreamedResponse response = exchange(request, uri, upload.length(), source, permit);
            handedOn = true;
            return response;
        } finally {
            if (!handedOn) {
                permit.close();
            }
        }
    }

    private static StreamedResponse exchange(HttpClientRequest request, ObjectUri uri, long length, InputStream source, HostLimiter.Permit permit)
            throws IOException {
        CompletableFuture<StreamedResponse> answer = new CompletableFuture<>();
        request.response().onComplete(head -> {
            if (head.failed()) {
                answer.completeExceptionally(head.cause());
            } else if (!answer.complete(new StreamedResponse(uri, head.result(), Long.MAX_VALUE, permit))) {
                request.reset();
            }
        });
        boolean answered = false;
        try {
            if (!request.getMethod().name().equals("GET") && !request.getMethod().name().equals("HEAD")) {
                request.putHeader("Content-Length", Long.toString(length));
            }
            write(request, source, answer);
            StreamedResponse response = answer.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            answered = true;
            return response;
        } catch (ExecutionException failed) {
            throw new FetchException.Unreachable("the connection to the service broke", failed.getCause());
        } catch (TimeoutException late) {
            throw new FetchException.Unreachable("the service did not answer in time", late);
        } catch (InterruptedException interrupted) {
            throw Guard.interrupted(interrupted);
        } finally {
            if (!answered) {
                answer.cancel(false);
                request.reset();
            }
        }
    }

    /** Stops when the answer is there before its time, which is a refusal. */
    private static void write(HttpClientRequest request, InputStream source, CompletableFuture<?> answer)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        byte[] held = source.readNBytes(PIECE);
        while (held.length > 0 && !answer.isDone()) {
            byte[] next = held.length < PIECE ? source.readNBytes(1) : source.readNBytes(PIECE);
            if (next.length == 0) {
                break;
            }
            Future<Void> written = request.write(Buffer.buffer(held));
            if (request.writeQueueFull()) {
                written.toCompletionStage().toCompletableFuture().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            }
            held = next;
        }
        if (!answer.isDone()) {
            request.end(Buffer.buffer(held));
        }
    }

    @Override
    public void close() {
        client.close();
        guard.close();
    }
}
