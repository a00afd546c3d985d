package social.dunlin.federation.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;

/** Decides whether an address may be asked at all, and connects to the very address it has checked. */
final class Guard implements AutoCloseable {
    private static final int MAXIMUM_ADDRESSES_TRIED = 3;
    private static final int RESOLVER_THREADS = 16;
    private static final int RESOLVER_QUEUE = 1000;

    private final HttpClientSettings settings;
    private final AddressPolicy addressPolicy;
    private final AddressResolver resolver;
    private final Predicate<Host> isOwnHost;
    private final ExecutorService resolverThreads = resolverThreads();

    Guard(HttpClientSettings settings, AddressResolver resolver, Predicate<Host> isOwnHost) {
        this.settings = settings;
        this.addressPolicy = new AddressPolicy(settings.allowedPrivateAddresses());
        this.resolver = resolver;
        this.isOwnHost = isOwnHost;
    }

    /** What can be said before any name is looked up. */
    void checkName(ObjectUri uri, Optional<ObjectUri> cameFrom) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("the HTTP client blocks and was called on an event loop");
        }
        Host host = uri.host();
        if (isOwnHost.test(host) || isOwnHost.test(host.withoutPort())) {
            throw new FetchException.Refused("own host is not fetched");
        }
        if (cameFrom.isPresent() && cameFrom.get().isHttps() && !uri.isHttps()) {
            throw new FetchException.Refused("the other server redirects to an unencrypted address");
        }
    }

    /** Every address must pass, so that nobody can slip a private one in beside a public one. */
    List<InetAddress> checkedAddresses(ObjectUri uri, Optional<ObjectUri> cameFrom, Deadline deadline) {
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

    HttpClientRequest connect(HttpClient client, RequestOptions options, List<InetAddress> addresses, Deadline deadline) {
        return connect(options, addresses, deadline, to -> awaitConnection(client.request(to), deadline));
    }

    /** Asks one address. */
    interface Attempt<T> {
        T ask(RequestOptions address) throws Exchange.NotConnected;
    }

    /** What the first of the addresses gives with which there is a connection. */
    <T> T connect(RequestOptions options, List<InetAddress> addresses, Deadline deadline, Attempt<T> attempt) {
        FetchException.Unreachable failure = null;
        for (InetAddress address : addresses.subList(0, Math.min(addresses.size(), MAXIMUM_ADDRESSES_TRIED))) {
            // Connecting to the literal address means that no name is looked up again.
            options.setServer(SocketAddress.inetSocketAddress(options.getPort(), literal(address)));
            options.setConnectTimeout(Math.max(1, smaller(settings.connectTimeout(), deadline.remaining()).toMillis()));
            try {
                return attempt.ask(options);
            } catch (Exchange.NotConnected notConnected) {
                failure = new FetchException.Unreachable("the other server cannot be reached", notConnected.getCause());
            }
        }
        throw failure;
    }

    private static HttpClientRequest awaitConnection(Future<HttpClientRequest> connecting, Deadline deadline) throws Exchange.NotConnected {
        try {
            return connecting.toCompletionStage().toCompletableFuture()
                    .get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw new Exchange.NotConnected(failed.getCause());
        } catch (TimeoutException late) {
            connecting.onSuccess(HttpClientRequest::reset);
            throw new FetchException.Unreachable("the other server cannot be reached in time", late);
        } catch (InterruptedException interrupted) {
            connecting.onSuccess(HttpClientRequest::reset);
            throw interrupted(interrupted);
        }
    }

    /** What every request has, whoever makes it. */
    RequestOptions requestOptions(String method, ObjectUri uri, String acceptedEncoding, List<Header> headers) {
        String name = uri.host().name();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(method))
                .setSsl(uri.isHttps())
                .setHost(name.startsWith("[") ? name.substring(1, name.length() - 1) : name)
                .setPort(uri.port())
                .setURI(uri.requestTarget())
                .setFollowRedirects(false)
                .putHeader("Host", uri.host().value())
                .putHeader("User-Agent", settings.userAgent())
                .putHeader("Accept-Encoding", acceptedEncoding);
        headers.forEach(header -> options.putHeader(header.name(), header.value()));
        return options;
    }

    static FetchException interrupted(InterruptedException interrupted) {
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

    private static ExecutorService resolverThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(RESOLVER_THREADS, RESOLVER_THREADS, 10, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(RESOLVER_QUEUE),
                Thread.ofPlatform().daemon().name("resolver-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public void close() {
        resolverThreads.shutdownNow();
    }
}
