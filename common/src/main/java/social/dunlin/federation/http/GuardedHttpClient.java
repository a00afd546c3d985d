package social.dunlin.federation.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import social.dunlin.federation.http.AddressPolicy.Verdict;
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
    private static final int MAXIMUM_REDIRECTS = 3;
    private static final int MAXIMUM_ADDRESSES_TRIED = 3;
    private static final int MAXIMUM_HEADER_BYTES = 16 * 1024;
    private static final int MAXIMUM_STATUS_LINE_BYTES = 1024;
    private static final int KEEP_ALIVE_SECONDS = 15;
    private static final int POOL_CLEANING_MILLISECONDS = 5000;
    private static final int RESOLVER_THREADS = 16;
    private static final int RESOLVER_QUEUE = 1000;
    private static final byte[] NO_BODY = {};

    private final HttpClientSettings settings;
    private final AddressPolicy addressPolicy;
    private final AddressResolver resolver;
    private final Predicate<Host> isOwnHost;
    private final HostLimiter limiter;
    private final HttpClient client;
    private final ExecutorService resolverThreads;

    /** @param isOwnHost hosts served here; they are never asked over the network */
    public GuardedHttpClient(Vertx vertx, HttpClientSettings settings, AddressResolver resolver,
            Predicate<Host> isOwnHost) {
        this.settings = settings;
        this.addressPolicy = new AddressPolicy(settings.allowedPrivateAddresses());
        this.resolver = resolver;
        this.isOwnHost = isOwnHost;
        this.limiter = new HostLimiter(settings.concurrencyPerHost(), settings.concurrencyInAll());
        this.client = vertx.createHttpClient(clientOptions(settings), poolOptions(settings));
        this.resolverThreads = resolverThreads();
    }

    /**
     * Fetches, over at most three redirects.
     *
     * @throws FetchException when the answer is not 2xx, not of an accepted type or not to be had
     */
    public FetchResponse get(ObjectUri uri, FetchOptions options) {
        Deadline deadline = deadline(options.budget());
        Set<String> visited = new HashSet<>();
        ObjectUri current = uri.withoutFragment();
        Optional<ObjectUri> cameFrom = Optional.empty();
        while (true) {
            if (!visited.add(current.value()) || visited.size() > MAXIMUM_REDIRECTS + 1) {
                throw new FetchException.Refused("the other server redirects too often");
            }
            options.budget().ifPresent(FetchBudget::takeFetch);
            FetchResponse response = exchange(getCall(current, options), cameFrom, deadline);
            options.budget().ifPresent(budget -> budget.takeBytes(response.body().length));
            Optional<String> location = response.headers().first("Location");
            if (response.isSuccess()) {
                return response;
            }
            if (!Redirects.isRedirect(response.status()) || location.isEmpty()) {
                throw new FetchException.BadStatus(response.status(), response.headers());
            }
            cameFrom = Optional.of(current);
            current = Redirects.resolve(current, location.get())
                    .orElseThrow(() -> new FetchException.Refused("the other server redirects to no web address"));
        }
    }

    /** Delivers. Any status is an answer, redirects included: what to do then is for the caller to know. */
    public FetchResponse post(ObjectUri uri, List<Header> headers, byte[] body, RequestSigner signer) {
        Call call = new Call("POST", uri.withoutFragment(), headers, body, signer, type -> true, 0, false);
        return exchange(call, Optional.empty(), deadline(Optional.empty()));
    }

    @Override
    public void close() {
        client.close();
        resolverThreads.shutdownNow();
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
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("the HTTP client blocks and was called on an event loop");
        }
        Host host = call.uri().host();
        if (isOwnHost.test(host) || isOwnHost.test(host.withoutPort())) {
            throw new FetchException.Refused("own host is not fetched");
        }
        if (cameFrom.isPresent() && cameFrom.get().isHttps() && !call.uri().isHttps()) {
            throw new FetchException.Refused("the other server redirects to an unencrypted address");
        }
        try (HostLimiter.Permit permit = limiter.acquire(host.name(), deadline)) {
            List<InetAddress> addresses = checkedAddresses(call.uri(), cameFrom, deadline);
            HttpClientRequest request = connect(call, addresses, deadline);
            ResponseCollector collector = new ResponseCollector(request, call.maximumBodyBytes(), call.cutsOff(), call.acceptedType());
            return response(call, awaitResponse(collector.send(call.body()), request, deadline));
        }
    }

    /** Every address must pass, so that nobody can slip a private one in beside a public one. */
    private List<InetAddress> checkedAddresses(ObjectUri uri, Optional<ObjectUri> cameFrom, Deadline deadline) {
        List<InetAddress> addresses = resolve(uri.host(), deadline);
        boolean allPrivate = true;
        for (InetAddress address : addresses) {
            Verdict verdict = addressPolicy.check(address);
            if (verdict == Verdict.REFUSED) {
                throw new FetchException.Refused("address not allowed");
            }
            allPrivate &= verdict == Verdict.ALLOWED_PRIVATE;
        }
        if (!uri.isHttps() && !(settings.allowPlainHttp() && allPrivate)) {
            throw new FetchException.Refused("unencrypted addresses are not fetched");
        }
        // A redirect must not turn us into a port scanner.
        boolean unusualPort = uri.host().port().isPresent();
        if (!allPrivate && unusualPort && cameFrom.filter(from -> from.port() != uri.port()).isPresent()) {
            throw new FetchException.Refused("the other server redirects to another port");
        }
        return addresses;
    }

    /** On threads of their own: the system's resolver pins a virtual thread's carrier and knows no deadline. */
    private List<InetAddress> resolve(Host host, Deadline deadline) {
        Optional<InetAddress> literal = host.addressLiteral();
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        try {
            List<InetAddress> addresses = resolverThreads.submit(() -> resolver.resolve(host.name()))
                    .get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (addresses.isEmpty()) {
                throw new FetchException.Unreachable("the other server's name has no address", null);
            }
            return addresses;
        } catch (ExecutionException | RejectedExecutionException unresolved) {
            throw new FetchException.Unreachable("the other server's name cannot be resolved", unresolved);
        } catch (TimeoutException late) {
            throw new FetchException.Unreachable("the other server's name was not resolved in time", late);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private HttpClientRequest connect(Call call, List<InetAddress> addresses, Deadline deadline) {
        RequestOptions options = requestOptions(call);
        FetchException.Unreachable failure = null;
        for (InetAddress address : addresses.subList(0, Math.min(addresses.size(), MAXIMUM_ADDRESSES_TRIED))) {
            // Connecting to the literal address means that no name is looked up again.
            options.setServer(SocketAddress.inetSocketAddress(call.uri().port(), literal(address)));
            options.setConnectTimeout(Math.max(1, smaller(settings.connectTimeout(), deadline.remaining()).toMillis()));
            try {
                return awaitConnection(client.request(options), deadline);
            } catch (FetchException.Unreachable unreachable) {
                failure = unreachable;
            }
        }
        throw failure;
    }

    private RequestOptions requestOptions(Call call) {
        String name = call.uri().host().name();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setSsl(call.uri().isHttps())
                .setHost(name.startsWith("[") ? name.substring(1, name.length() - 1) : name)
                .setPort(call.uri().port())
                .setURI(call.uri().requestTarget())
                .setFollowRedirects(false)
                .putHeader("Host", call.uri().host().value())
                .putHeader("User-Agent", settings.userAgent())
                .putHeader("Accept-Encoding", "gzip");
        call.headers().forEach(header -> options.putHeader(header.name(), header.value()));
        call.signer().sign(new OutgoingRequest(call.method(), call.uri(), call.body()))
                .forEach(header -> options.putHeader(header.name(), header.value()));
        return options;
    }

    private static HttpClientRequest awaitConnection(Future<HttpClientRequest> connecting, Deadline deadline) {
        try {
            return connecting.toCompletionStage().toCompletableFuture()
                    .get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw new FetchException.Unreachable("the other server cannot be reached", failed.getCause());
        } catch (TimeoutException late) {
            connecting.onSuccess(HttpClientRequest::reset);
            throw new FetchException.Unreachable("the other server cannot be reached in time", late);
        } catch (InterruptedException interrupted) {
            connecting.onSuccess(HttpClientRequest::reset);
            throw interrupted(interrupted);
        }
    }

    private static ResponseCollector.Raw awaitResponse(CompletableFuture<ResponseCollector.Raw> answer,
            HttpClientRequest request, Deadline deadline) {
        try {
            return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof FetchException refused) {
                throw refused;
            }
            throw new FetchException.Unreachable("the connection to the other server broke", failed.getCause());
        } catch (TimeoutException late) {
            request.reset();
            throw new FetchException.Unreachable("the other server did not answer in time", late);
        } catch (InterruptedException interrupted) {
            request.reset();
            throw interrupted(interrupted);
        }
    }

    private static FetchResponse response(Call call, ResponseCollector.Raw raw) {
        List<String> encoding = raw.headers().all("Content-Encoding");
        boolean matters = call.maximumBodyBytes() > 0 && raw.status() >= 200 && raw.status() < 300;
        byte[] body = matters && call.cutsOff() ? ContentDecoder.decodeBeginning(raw.body(), encoding, call.maximumBodyBytes()) : matters
                ? ContentDecoder.decode(raw.body(), encoding, call.maximumBodyBytes())
                : ContentDecoder.decodeLeniently(raw.body(), encoding, ResponseCollector.CUT_OFF);
        return new FetchResponse(call.uri(), raw.status(), raw.headers(), body);
    }

    private Deadline deadline(Optional<FetchBudget> budget) {
        Duration time = budget.map(FetchBudget::remainingTime).orElse(settings.totalTimeout());
        return Deadline.in(smaller(time, settings.totalTimeout()));
    }

    private static FetchException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new FetchException.Unreachable("interrupted", interrupted);
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    private static Duration smaller(Duration first, Duration second) {
        return first.compareTo(second) < 0 ? first : second;
    }

    private static HttpClientOptions clientOptions(HttpClientSettings settings) {
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

    private static PoolOptions poolOptions(HttpClientSettings settings) {
        return new PoolOptions()
                .setHttp1MaxSize(settings.concurrencyPerHost())
                .setCleanerPeriod(POOL_CLEANING_MILLISECONDS);
    }

    private static ExecutorService resolverThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(RESOLVER_THREADS, RESOLVER_THREADS, 10, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(RESOLVER_QUEUE),
                Thread.ofPlatform().daemon().name("resolver-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
