package social.dunlin.federation.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.OutgoingRequest;
import social.dunlin.federation.signature.RequestSigner;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;

/**
 * The guarded HTTP client (see the package's paragraph). Every call blocks until it has its answer or throws a
 * {@link FetchException}; never call it on an event loop.
 */
public final class GuardedHttpClient implements AutoCloseable {
    private static final int MAXIMUM_HEADER_BYTES = 16 * 1024;
    private static final int MAXIMUM_STATUS_LINE_BYTES = 1024;
    private static final int KEEP_ALIVE_SECONDS = 15;
    private static final int POOL_CLEANING_MILLISECONDS = 5000;
    private static final byte[] NO_BODY = {};

    private final HttpClientSettings settings;
    private final Guard guard;
    private final HostLimiter limiter;
    private final HttpClient client;
    private final HostLoops loops;
    private final GuardedStreams streams;

    /** @param isOwnHost hosts served here; they are never asked over the network */
    public GuardedHttpClient(Vertx vertx, HttpClientSettings settings, AddressResolver resolver,
            Predicate<Host> isOwnHost) {
        this.settings = settings;
        this.guard = new Guard(settings, resolver, isOwnHost);
        this.limiter = new HostLimiter(settings.concurrencyPerHost(), settings.concurrencyInAll());
        this.client = vertx.createHttpClient(clientOptions(settings), poolOptions(settings.concurrencyPerHost()));
        this.loops = new HostLoops(vertx);
        this.streams = new GuardedStreams(vertx, settings, guard);
    }

    /**
     * Fetches, over at most three redirects.
     *
     * @throws FetchException when the answer is not 2xx, not of an accepted type or not to be had
     */
    public FetchResponse get(ObjectUri uri, FetchOptions options) {
        Deadline deadline = deadline(options.budget());
        return Redirects.follow(uri.withoutFragment(), (current, cameFrom) -> {
            options.budget().ifPresent(FetchBudget::takeFetch);
            FetchResponse response = exchange(getCall(current, options), cameFrom, deadline);
            options.budget().ifPresent(budget -> budget.takeBytes(response.body().length));
            return response.isSuccess() ? Redirects.Hop.arrived(response) : Redirects.Hop.sentOn(response.status(), response.headers());
        });
    }

    /**
     * The same for what is too large to be held: the body is read piece by piece from what this gives, which has to be
     * closed. Other limits apply than to documents, so that slow films keep nobody's posts waiting.
     *
     * @throws FetchException as {@link #get} does
     */
    public StreamedResponse open(ObjectUri uri, StreamOptions options) {
        return streams.open(uri.withoutFragment(), options);
    }

    /** Delivers. Any status is an answer, redirects included: what to do then is for the caller to know. */
    public FetchResponse post(ObjectUri uri, List<Header> headers, byte[] body, RequestSigner signer) {
        Call call = new Call("POST", uri.withoutFragment(), headers, body, signer, type -> true, 0, false);
        return exchange(call, Optional.empty(), deadline(Optional.empty()));
    }

    @Override
    public void close() {
        client.close();
        streams.close();
        guard.close();
    }

    /** How many hosts are remembered now; bounded by the requests under way. */
    int rememberedHosts() {
        return limiter.rememberedHosts();
    }

    /** @param maximumBodyBytes 0 when the body is of no account and may be cut off */
    private record Call(String method, ObjectUri uri, List<Header> headers, byte[] body, RequestSigner signer,
            Predicate<String> acceptedType, int maximumBodyBytes, boolean cutsOff) {
    }

    private Call getCall(ObjectUri uri, FetchOptions options) {
        int limit = Math.min(settings.maximumBodyBytes(), options.maximumBodyBytes());
        int within = options.budget().map(budget -> (int) Math.min(limit, budget.remainingBytes())).orElse(limit);
        List<Header> headers = List.of(new Header("Accept", options.accept()));
        return new Call("GET", uri, headers, NO_BODY, options.signer(), options.acceptedType(), Math.max(1, within), options.cutsOff());
    }

    private FetchResponse exchange(Call call, Optional<ObjectUri> cameFrom, Deadline deadline) {
        guard.checkName(call.uri(), cameFrom);
        String hostName = call.uri().host().name();
        try (HostLimiter.Permit permit = limiter.acquire(hostName, deadline)) {
            List<InetAddress> addresses = guard.checkedAddresses(call.uri(), cameFrom, deadline);
            return response(call, guard.connect(requestOptions(call), addresses, deadline, options ->
                new Exchange(loops.of(hostName), call.body(), call.maximumBodyBytes(), call.cutsOff(), call.acceptedType()).send(client, options, deadline)));
        }
    }

    private RequestOptions requestOptions(Call call) {
        RequestOptions options = guard.requestOptions(call.method(), call.uri(), "gzip", call.headers());
        call.signer().sign(new OutgoingRequest(call.method(), call.uri(), call.body()))
                .forEach(header -> options.putHeader(header.name(), header.value()));
        return options;
    }

    private static FetchResponse response(Call call, Exchange.Raw raw) {
        List<String> encoding = raw.headers().all("Content-Encoding");
        boolean matters = call.maximumBodyBytes() > 0 && raw.status() >= 200 && raw.status() < 300;
        byte[] body = matters && call.cutsOff() ? ContentDecoder.decodeBeginning(raw.body(), encoding, call.maximumBodyBytes()) : matters
                ? ContentDecoder.decode(raw.body(), encoding, call.maximumBodyBytes())
                : ContentDecoder.decodeLeniently(raw.body(), encoding, Exchange.CUT_OFF);
        return new FetchResponse(call.uri(), raw.status(), raw.headers(), body);
    }

    private Deadline deadline(Optional<FetchBudget> budget) {
        Duration time = budget.map(FetchBudget::remainingTime).orElse(settings.totalTimeout());
        return Deadline.in(smaller(time, settings.totalTimeout()));
    }

    private static Duration smaller(Duration first, Duration second) {
        return first.compareTo(second) < 0 ? first : second;
    }

    static HttpClientOptions clientOptions(HttpClientSettings settings) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                .setSslHandshakeTimeout(settings.connectTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setVerifyHost(true)
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(MAXIMUM_HEADER_BYTES)
                .setMaxInitialLineLength(MAXIMUM_STATUS_LINE_BYTES)
                // Decompression is done where it can be counted.
                .setDecompressionSupported(false);
        settings.trustedCertificates().ifPresent(pem -> options.setTrustOptions(Trust.usualAnd(pem)));
        return options;
    }

    static PoolOptions poolOptions(int connectionsPerHost) {
        return new PoolOptions()
                .setHttp1MaxSize(connectionsPerHost)
                .setCleanerPeriod(POOL_CLEANING_MILLISECONDS);
    }
}
