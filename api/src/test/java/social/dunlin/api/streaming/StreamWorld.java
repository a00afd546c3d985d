package social.dunlin.api.streaming;

import static social.dunlin.testing.Village.HAMLET_ALICE;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import social.dunlin.announcement.Announcements;
import social.dunlin.api.access.AskedDomain;
import social.dunlin.api.access.DomainScope;
import social.dunlin.api.access.RateLimits;
import social.dunlin.api.access.TokenGate;
import social.dunlin.api.entity.AnnouncementRenderer;
import social.dunlin.api.entity.ConversationRenderer;
import social.dunlin.api.entity.Renderers;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.event.Event.FiltersChanged;
import social.dunlin.list.ListStore;
import social.dunlin.oauth.Identity;
import social.dunlin.oauth.Scopes;
import social.dunlin.oauth.TokenService;
import social.dunlin.status.StatusWorld;
import social.dunlin.testing.TestConfiguration;
import social.dunlin.timeline.StreamedPosts;

/** The village with a streaming server on a real socket. Posts are written through {@link StatusWorld}. */
final class StreamWorld implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    final StatusWorld statuses;
    final TokenService tokens;
    final StreamHub hub;
    final Announcements announcements;
    final Renderers renderers;
    private final HttpServer server;
    private final WebSocketClient webSockets;
    private final HttpClient http;
    private final StreamClient sentinel;

    StreamWorld(Database database, Vertx vertx, StatusWorld statuses) {
        this.statuses = statuses;
        Domains domains = statuses.village.domains();
        tokens = new Identity(database, domains, statuses.bus).tokens();
        AskedDomain asked = () -> DomainScope.current().orElseGet(domains::defaultDomain);
        CustomEmojiStore emojis = new CustomEmojiStore(database);
        renderers = new Renderers(statuses, asked, JSON);
        PostFanOut posts = new PostFanOut(new StreamedPosts(database, statuses.visibility), renderers.posts, new ListStore(database),
            new ReaderViews(statuses.statuses, statuses.details, statuses.polls, statuses.quoteVisibility, statuses.reactions, statuses.filters, JSON), JSON);
        NotificationFanOut notifications = new NotificationFanOut(statuses.notifications, renderers.notifications, JSON);
        announcements = new Announcements(database, emojis, statuses.bus);
        hub = new StreamHub(statuses.bus, vertx, tokens, posts, notifications,
            new ConversationFanOut(statuses.conversations, new ConversationRenderer(renderers.accounts, statuses.reader, renderers.posts), JSON),
            new AnnouncementFanOut(announcements, new AnnouncementRenderer(announcements, emojis, renderers.emojis, renderers.addresses), JSON));
        Router router = Router.router(vertx);
        new StreamRoutes(vertx, hub, new TokenGate(tokens, domains), new RateLimits(TestConfiguration.defaults()), new OwnLists(statuses.lists), JSON).register(router);
        HttpServerOptions serving = new HttpServerOptions();
        StreamServerOptions.apply(serving);
        server = await(vertx.createHttpServer(serving).requestHandler(router).listen(0, "127.0.0.1"));
        webSockets = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(200));
        sentinel = StreamClient.of(await(webSockets.connect(options(HAMLET_ALICE, "?access_token=" + token(HAMLET_ALICE)))));
        sentinel.watch("user");
        http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(100));
    }

    /** A token of everything for a local person. */
    String token(long account) {
        return token(account, "read", "write");
    }

    String token(long account, String... scopes) {
        return tokens.issueForScripts(statuses.village.account(account).handle(), Scopes.of(scopes)).text();
    }

    /** A WebSocket of this person watching these streams, each of which is there when this returns. */
    StreamClient connect(long account, String... streams) {
        quiet();
        StreamClient client = connectBy(account, "?access_token=" + token(account));
        for (String stream : streams) {
            client.watch(stream);
        }
        return client;
    }

    /** What was published before has reached whoever was there, when this returns. */
    void quiet() {
        statuses.bus.publish(new FiltersChanged(HAMLET_ALICE));
        String event;
        do {
            event = sentinel.next().event();
        } while (!event.equals("filters_changed"));
    }

    /** Connects with a query of the test's own. */
    StreamClient connectBy(long account, String query) {
        return StreamClient.of(await(webSockets.connect(options(account, query))));
    }

    /** Connects with headers of the test's own. */
    StreamClient connectBy(WebSocketConnectOptions options) {
        return StreamClient.of(await(webSockets.connect(options)));
    }

    WebSocketConnectOptions options(long account, String query) {
        return new WebSocketConnectOptions().setHost("127.0.0.1").setPort(server.actualPort()).setURI("/api/v1/streaming" + query)
            .addHeader("Host", statuses.village.account(account).host());
    }

    SocketAddress address() {
        return SocketAddress.inetSocketAddress(server.actualPort(), "127.0.0.1");
    }

    HttpClient http() {
        return http;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failure.getCause());
        } catch (InterruptedException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        await(webSockets.close());
        await(http.close());
        await(server.close());
    }
}
