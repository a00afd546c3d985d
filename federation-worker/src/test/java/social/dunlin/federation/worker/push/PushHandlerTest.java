package social.dunlin.federation.worker.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.http.FakeFediverse.Request;
import social.dunlin.federation.http.ResponseHeaders;
import social.dunlin.oauth.Identity;
import social.dunlin.oauth.Scopes;
import social.dunlin.oauth.TokenService;
import social.dunlin.push.PushPolicy;
import social.dunlin.media.proxy.ProxiedMedia;
import social.dunlin.push.PushQueues;
import social.dunlin.push.PushSubscriptions;
import social.dunlin.push.Subscriber;
import social.dunlin.push.VapidKeys;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobRun;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;

/** What a push service and the subscriber behind it get. Row 1 of the hostile inputs, as far as it concerns push. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushHandlerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Subscriber subscriber = Subscriber.make();
    private Database database;
    private FederationWorld world;
    private PushSubscriptions subscriptions;
    private PushHandler handler;
    private String endpoint;
    private long token;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        subscriptions = PushQueues.subscriptions(database);
        handler = new PushHandler(subscriptions, world.posts.notifications, PushQueues.messages(database, world.domains, ProxiedMedia.addresses(database, world.posts.bus, world.domains)), world.client);
        endpoint = world.fediverse.url("far", "/send/1");
        TokenService tokens = new Identity(database, world.domains, world.bus).tokens();
        token = tokens.authenticate(tokens.issueForScripts("bob", Scopes.of("push")).text()).id();
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.fediverse.forgetRequests();
        database.execute("delete from job where kind = 'web_push'");
    }

    private JobRun mention(String at, boolean standard, String text) {
        subscriptions.subscribe(token, BOB, at, subscriber.publicKey(), subscriber.authSecret(), standard, PushPolicy.ALL, Map.of("mention", true));
        world.posts.post(ALICE, text, Visibility.DIRECT);
        return database.first("select id, payload from job where kind = 'web_push'",
            row -> new JobRun(row.getLong("id"), "web_push", row.getString("payload"), 1, "")).orElseThrow();
    }

    private void answer(int status) {
        world.fediverse.answer(endpoint, request -> Answer.status(status));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new AssertionError(text, failure);
        }
    }

    private boolean isSubscribed() {
        return subscriptions.ofToken(token).isPresent();
    }

    @Test
    void standardMessageIsReadByItsSubscriberAlone() {
        answer(201);
        handler.handle(mention(endpoint, true, "@bob Are you <b>awake</b>?"));
        Request request = world.fediverse.requests().getFirst();
        assertEquals("POST " + endpoint, request.method() + " " + request.url());
        assertEquals("aes128gcm", request.header("Content-encoding"));
        assertEquals("172800", request.header("Ttl"));
        assertEquals("normal", request.header("Urgency"));
        JsonNode message = read(subscriber.readStandard(request.bytes()));
        assertEquals("mention", message.get("notification_type").asText());
        assertEquals("Alice mentioned you", message.get("title").asText());
        assertEquals("@bob Are you <b>awake</b>?", message.get("body").asText());
        assertEquals("en", message.get("preferred_locale").asText());
        assertEquals("https://village.example/avatars/original/missing.png", message.get("icon").asText());
        assertTrue(message.get("notification_id").isIntegralNumber());
        assertTrue(message.get("access_token").isTextual());
        String key = new VapidKeys(database).publicKey();
        String[] authorization = request.header("Authorization").substring("vapid ".length()).split(", ");
        assertEquals("k=" + key.replace("=", ""), authorization[1]);
        JsonNode claims = read(Subscriber.claims(authorization[0].substring(2), key));
        assertEquals("https://" + world.fediverse.host("far"), claims.get("aud").asText());
        assertEquals("https://village.example/", claims.get("sub").asText());
        assertTrue(claims.get("exp").asLong() <= Instant.now().plus(Duration.ofHours(24)).getEpochSecond());
        assertTrue(isSubscribed());
    }

    @Test
    void oldMessageHasItsKeysInTheHeader() {
        answer(200);
        handler.handle(mention(endpoint, false, "@bob The old way"));
        Request request = world.fediverse.requests().getFirst();
        assertEquals("aesgcm", request.header("Content-encoding"));
        JsonNode message = read(subscriber.readDraft(request.bytes(), request.header("Encryption"), request.header("Crypto-key")));
        assertEquals("@bob The old way", message.get("body").asText());
        assertTrue(request.header("Authorization").startsWith("WebPush "));
        Subscriber.claims(request.header("Authorization").substring("WebPush ".length()), Subscriber.parameter(request.header("Crypto-key"), "p256ecdsa"));
    }

    @Test
    void longestTextsFitIntoOneRecord() {
        answer(201);
        database.execute("update account set display_name = $2, avatar_remote_url = $3 where id = $1", ALICE, "🦆".repeat(3000), "https://village.example/" + "a".repeat(5000));
        handler.handle(mention(endpoint, true, "@bob " + "🦆".repeat(480)));
        database.execute("update account set display_name = 'Alice', avatar_remote_url = null where id = $1", ALICE);
        Request request = world.fediverse.requests().getFirst();
        assertTrue(request.bytes().length <= 4096, "%d bytes".formatted(request.bytes().length));
        assertEquals(140, read(subscriber.readStandard(request.bytes())).get("body").asText().codePoints().count());
    }

    @Test
    void serviceThatKnowsTheSubscriptionNoMoreEndsIt() {
        for (int status : List.of(404, 410, 400, 403)) {
            answer(status);
            handler.handle(mention(endpoint, true, "@bob " + status));
            assertFalse(isSubscribed(), "after " + status);
            forget();
        }
    }

    @Test
    void busyOrBrokenServiceIsAskedAgain() {
        answer(429);
        assertThrows(JobFailure.class, () -> handler.handle(mention(endpoint, true, "@bob busy")));
        forget();
        answer(503);
        assertThrows(IllegalStateException.class, () -> handler.handle(mention(endpoint, true, "@bob broken")));
        assertTrue(isSubscribed());
        assertEquals(6, handler.retryPolicy().maxAttempts(), "the first and five more");
        assertEquals(Duration.ofSeconds(90), PushHandler.patience(new ResponseHeaders(Map.of("Retry-After", List.of(" 90 ")))));
        assertEquals(Duration.ofHours(6), PushHandler.patience(new ResponseHeaders(Map.of("Retry-After", List.of("999999999")))));
        for (String odd : List.of("-1", "soon", "9".repeat(100), "Wed, 21 Oct 2026 07:28:00 GMT")) {
            assertEquals(Duration.ofMinutes(2), PushHandler.patience(new ResponseHeaders(Map.of("Retry-After", List.of(odd)))));
        }
    }

    @Test
    void addressThatIsNotPublicIsNeverAsked() {
        for (String address : List.of("https://169.254.169.254/latest", "https://[::1]/", "https://10.0.0.1/", "https://village.example/send")) {
            handler.handle(mention(address, true, "@bob hello"));
            assertFalse(isSubscribed(), address);
            forget();
        }
        assertEquals(List.of(), world.fediverse.requests());
    }

    @Test
    void whatWasDismissedOrIsOldWakesNobody() {
        answer(201);
        JobRun dismissed = mention(endpoint, true, "@bob never mind");
        world.posts.notifications.clear(BOB);
        handler.handle(dismissed);
        forget();
        JobRun old = mention(endpoint, true, "@bob long ago");
        database.execute("update notification set created_at = now() - interval '49 hours'");
        handler.handle(old);
        assertEquals(List.of(), world.fediverse.requests());
    }

    @Test
    void titleIsInTheReadersLanguage() {
        answer(201);
        database.execute("update dunlin_user set locale = 'de' where id = $1", BOB);
        handler.handle(mention(endpoint, true, "@bob Hallo"));
        database.execute("update dunlin_user set locale = 'en' where id = $1", BOB);
        assertEquals("Alice hat dich erwähnt", read(subscriber.readStandard(world.fediverse.requests().getFirst().bytes())).get("title").asText());
    }
}
