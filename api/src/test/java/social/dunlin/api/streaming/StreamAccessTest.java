package social.dunlin.api.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.MALLORY;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.database.Database;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.list.ListService;
import social.dunlin.oauth.ApplicationService;
import social.dunlin.oauth.Identity;
import social.dunlin.oauth.Scopes;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;

/** Who is let in, how, and when they are shown out. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class StreamAccessTest {
    private StatusWorld statuses;
    private StreamWorld streams;
    private Database database;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        statuses = new StatusWorld(database, vertx, options);
        streams = new StreamWorld(database, vertx, statuses);
    }

    @AfterAll
    void close() {
        streams.close();
    }

    private static int refusal(Runnable connecting) {
        return assertThrows(UpgradeRejectedException.class, connecting::run).getStatus();
    }

    @Test
    void tokenIsTakenFromHeaderQueryOrProtocol() {
        String token = streams.token(BOB);
        StreamClient byHeader = streams.connectBy(streams.options(BOB, "/?stream=user").addHeader("Authorization", "Bearer " + token));
        StreamClient byQuery = streams.connectBy(BOB, "?stream=user&access_token=" + token);
        StreamClient byProtocol = streams.connectBy(streams.options(BOB, "?stream=user").addSubProtocol(token));
        assertEquals(token, byProtocol.protocol(), "browsers hang up when it is not said back");
        for (StreamClient client : List.of(byHeader, byQuery, byProtocol)) {
            client.settle();
        }
        statuses.post(ALICE, "For all three", Visibility.PUBLIC);
        for (StreamClient client : List.of(byHeader, byQuery, byProtocol)) {
            client.next("[\"user\"]", "update");
        }
    }

    @Test
    void withoutAUsersTokenOfThisDomainNobodyComesIn() {
        assertEquals(401, refusal(() -> streams.connectBy(BOB, "")));
        assertEquals(401, refusal(() -> streams.connectBy(BOB, "?access_token=made-up")));
        assertEquals(401, refusal(() -> streams.connectBy(BOB, "?access_token=" + streams.token(ERIN))), "of another domain of this install");
        Identity identity = new Identity(database, statuses.village.domains(), statuses.bus);
        ApplicationService.Registration application = identity.applications().register("App", List.of("urn:ietf:wg:oauth:2.0:oob"), Scopes.of("read"), Optional.empty());
        String ofApplication = identity.tokens().issueForApplication(application.application(), Optional.empty()).text();
        assertEquals(401, refusal(() -> streams.connectBy(BOB, "?access_token=" + ofApplication)));
    }

    @Test
    void hostileInput91_revokedTokenEndsItsConnectionsAndNoOthers() {
        StreamClient first = streams.connect(DORA, "user");
        StreamClient other = streams.connect(BOB, "user");
        streams.tokens.revokeAllOf(DORA);
        first.assertClosed();
        statuses.post(ALICE, "Still here", Visibility.PUBLIC);
        other.next("[\"user\"]", "update");
    }

    @Test
    void hostileInput89_suspendedAndDisabledPeopleAreShownOut() {
        StreamClient suspended = streams.connect(MALLORY, "user");
        statuses.suspend(MALLORY);
        statuses.bus.publish(new AccountChanged(MALLORY));
        suspended.assertClosed();
        statuses.reinstate(MALLORY);
        StreamClient disabled = streams.connect(MALLORY, "user");
        database.execute("update dunlin_user set disabled_at = now() where id = $1", MALLORY);
        statuses.bus.publish(new AccountChanged(MALLORY));
        disabled.assertClosed();
        database.execute("update dunlin_user set disabled_at = null where id = $1", MALLORY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "[]", "null", "7", "{}", "{\"type\":7}", "{\"type\":\"subscribe\"}", "{\"type\":\"subscribe\",\"stream\":null}",
        "{\"type\":\"subscribe\",\"stream\":{\"a\":1}}", "{\"type\":\"subscribe\",\"stream\":[]}", "{\"type\":\"subscribe\",\"stream\":\"hashtag\",\"tag\":\"\\u0000\"}",
        "{\"type\":\"subscribe\",\"stream\":\"hashtag\",\"tag\":{}}", "{\"type\":\"dance\",\"stream\":\"user\"}", "{\"type\":\"subscribe\",\"stream\":\"us\\\"er\"}"})
    void oddMessagesAreAnsweredOrIgnoredAndTheConnectionStays(String message) {
        StreamClient client = streams.connect(BOB, "user");
        client.say(message);
        client.say("{\"type\":\"subscribe\",\"stream\":\"the end\"}");
        String text = client.text();
        assertEquals(400, StreamClient.read(text).get("status").asInt(), text);
    }

    @Test
    void binaryMessagesEndTheConnection() {
        StreamClient client = streams.connect(BOB, "user");
        client.sayBinary(new byte[] {1, 2, 3});
        client.assertClosed();
        assertEquals((short) 1003, client.closeCode());
    }

    @Test
    void longMessagesEndTheConnection() {
        StreamClient client = streams.connect(BOB, "user");
        client.say("{\"type\":\"subscribe\",\"stream\":\"" + "x".repeat(20_000) + "\"}");
        client.assertClosed();
    }

    @Test
    void listIsWatchedByWhoseItIs() {
        long list = list(ALICE);
        StreamClient client = streams.connect(BOB);
        for (String other : List.of(Long.toString(list), "0", "-1", "99999999999999999999", "mine", "\\u0000")) {
            client.say("{\"type\":\"subscribe\",\"stream\":\"list\",\"list\":\"%s\"}".formatted(other));
            JsonNode refusal = StreamClient.read(client.text());
            assertEquals("401 Not authorized to stream this list", refusal.get("status").asInt() + " " + refusal.get("error").asText(), other);
            assertEquals(401, get("/api/v1/streaming/list?list=" + other.replace("\\u0000", "%00"), streams.token(BOB)).statusCode(), other);
        }
        client.say("{\"type\":\"subscribe\",\"stream\":\"list\"}");
        assertEquals(400, StreamClient.read(client.text()).get("status").asInt());
        statuses.lists.add(ALICE, list, List.of(ALICE));
        streams.connect(ALICE, "list/" + list);
        statuses.post(ALICE, "Not for Bob by her list", Visibility.PUBLIC);
        client.settle();
        assertEquals(200, get("/api/v1/streaming/list?list=" + list, streams.token(ALICE)).statusCode());
    }

    private long list(long owner) {
        return statuses.lists.create(owner, new ListService.Change("Friends", null, null)).id();
    }

    @Test
    void oneAccountsConnectionsAreBounded() {
        String token = streams.token(ERIN);
        for (int connection = 0; connection < 64; connection++) {
            streams.connectBy(ERIN, "?access_token=" + token).settle();
        }
        assertEquals(429, refusal(() -> streams.connectBy(ERIN, "?access_token=" + token)));
        streams.tokens.revokeAllOf(ERIN);
    }

    // ---------------------------------------------------------------- server-sent events

    private HttpClientResponse get(String path, String token) {
        RequestOptions options = new RequestOptions().setServer(streams.address()).setHost("village.example").setPort(80).setMethod(HttpMethod.GET).setURI(path);
        if (token != null) {
            options.putHeader("Authorization", "Bearer " + token);
        }
        HttpClientRequest request = StreamWorld.await(streams.http().request(options));
        return StreamWorld.await(request.send().map(response -> {
            response.pause();
            return response;
        }));
    }

    @Test
    void eventSourceIsReadLineByLine() throws InterruptedException {
        HttpClientResponse response = get("/api/v1/streaming/user/", streams.token(BOB));
        assertEquals(200, response.statusCode());
        assertEquals("text/event-stream", response.getHeader("Content-Type"));
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        response.handler(buffer -> received.add(buffer.toString()));
        response.exceptionHandler(ignored -> { });
        response.resume();
        assertEquals(":)\n", received.poll(60, TimeUnit.SECONDS));
        String id = Long.toString(statuses.post(ALICE, "Read me", Visibility.PUBLIC).id());
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\n\n") < 0) {
            text.append(Objects.requireNonNull(received.poll(60, TimeUnit.SECONDS), "nothing came"));
        }
        assertTrue(text.toString().startsWith("event: update\ndata: {\"id\":\"" + id + "\""), text.toString());
        assertEquals(4, text.toString().split("\n", -1).length);
    }

    @Test
    @Timeout(90)
    void revokedTokenEndsItsEventSource() {
        HttpClientResponse response = get("/api/v1/streaming/public?only_media=true", streams.token(DORA));
        assertEquals(200, response.statusCode());
        streams.tokens.revokeAllOf(DORA);
        Future<Void> end = response.end();
        response.resume();
        StreamWorld.await(end);
    }

    @Test
    void everyPathIsThereAndNoOther() {
        String token = streams.token(BOB);
        for (String path : List.of("user", "user/notification", "public", "public/local", "public/remote", "hashtag?tag=cats", "hashtag/local?tag=cats", "direct",
            "list?list=" + list(BOB))) {
            assertEquals(200, get("/api/v1/streaming/" + path, token).statusCode(), path);
            assertEquals(401, get("/api/v1/streaming/" + path, null).statusCode(), path);
        }
        for (String path : List.of("/nothing", "", "/", "/hashtag", "/hashtag?tag=%00", "/list", "/list?list=", "/user/notification/x", "/public?tag=%F")) {
            assertEquals(400, get("/api/v1/streaming" + path, token).statusCode(), path);
        }
        assertEquals(401, get("/api/v1/streaming/user/notification", streams.token(BOB, "read:statuses")).statusCode());
        HttpClientResponse health = get("/api/v1/streaming/health", null);
        Future<Buffer> text = health.body();
        health.resume();
        assertEquals("OK", StreamWorld.await(text).toString());
        streams.tokens.revokeAllOf(BOB);
    }
}
