package social.dunlin.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.FRIDA;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.notification.NotificationType;
import social.dunlin.oauth.Identity;
import social.dunlin.oauth.Scopes;
import social.dunlin.oauth.TokenService;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.StatusWorld;
import social.dunlin.testing.DatabaseExtension;

/** Who is woken by what. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class PushSubscriptionsTest {
    private static final String ENDPOINT = "https://push.example/send/1";

    private final Subscriber subscriber = Subscriber.make();
    private Database database;
    private StatusWorld world;
    private TokenService tokens;
    private PushSubscriptions subscriptions;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new StatusWorld(database, vertx, options);
        tokens = new Identity(database, world.village.domains(), world.bus).tokens();
        subscriptions = PushQueues.subscriptions(database);
    }

    @BeforeEach
    void forget() {
        database.execute("delete from push_subscription");
        database.execute("delete from notification");
        database.execute("delete from job where kind = 'web_push'");
    }

    private long token(long account) {
        return tokens.authenticate(tokens.issueForScripts(world.village.account(account).handle(), Scopes.of("push")).text()).id();
    }

    private PushSubscription subscribe(long token, long account, PushPolicy policy, Map<String, Boolean> alerts) {
        return subscriptions.subscribe(token, account, ENDPOINT, subscriber.publicKey(), subscriber.authSecret(), true, policy, alerts);
    }

    private List<String> jobs() {
        return database.list("select payload from job where kind = 'web_push' order by id", row -> row.getString("payload"));
    }

    @Test
    void notificationLeavesAJobForEverySubscriptionThatWantsItsKind() {
        long first = subscribe(token(ALICE), ALICE, PushPolicy.ALL, Map.of("follow", true)).id();
        subscribe(token(ALICE), ALICE, PushPolicy.ALL, Map.of("follow", false, "mention", true));
        subscribe(token(ALICE), ALICE, PushPolicy.ALL, Map.of());
        long notification = world.notifications.notify(NotificationType.FOLLOW, List.of(ALICE, BOB), CAROL, null).getFirst();
        assertEquals(List.of(first + " " + notification), jobs());
    }

    @Test
    void policyLooksAtWhoFollowsWhom() {
        Map<String, Boolean> alerts = Map.of("follow", true);
        long followed = subscribe(token(ALICE), ALICE, PushPolicy.FOLLOWED, alerts).id();
        long follower = subscribe(token(ALICE), ALICE, PushPolicy.FOLLOWER, alerts).id();
        subscribe(token(ALICE), ALICE, PushPolicy.NONE, alerts);
        // Alice follows Frida, who does not follow back; Dora and Alice do not know each other; Bob and Alice follow each other.
        long fromFrida = world.notifications.notify(NotificationType.FOLLOW, List.of(ALICE), FRIDA, null).getFirst();
        world.notifications.notify(NotificationType.FOLLOW, List.of(ALICE), DORA, null);
        long fromBob = world.notifications.notify(NotificationType.FOLLOW, List.of(ALICE), BOB, null).getFirst();
        assertEquals(List.of(followed + " " + fromFrida, followed + " " + fromBob, follower + " " + fromBob), jobs());
    }

    @Test
    void secondSubscriptionOfATokenReplacesTheFirst() {
        long token = token(ALICE);
        subscribe(token, ALICE, PushPolicy.ALL, Map.of("follow", true));
        subscriptions.subscribe(token, ALICE, "https://push.example/send/2", subscriber.publicKey(), subscriber.authSecret(), false, PushPolicy.FOLLOWER,
            Map.of("poll", true));
        PushSubscription now = subscriptions.ofToken(token).orElseThrow();
        assertEquals("https://push.example/send/2", now.endpoint());
        assertEquals(Map.of("poll", true), now.alerts());
        assertEquals(1L, database.first("select count(*) as n from push_subscription", row -> row.getLong("n")).orElseThrow());
    }

    @Test
    void changeTouchesOnlyWhatWakes() {
        long token = token(ALICE);
        assertEquals(Optional.empty(), subscriptions.change(token, PushPolicy.ALL, Map.of()));
        subscribe(token, ALICE, PushPolicy.ALL, Map.of("follow", true));
        PushSubscription changed = subscriptions.change(token, PushPolicy.NONE, Map.of("mention", true)).orElseThrow();
        assertEquals(ENDPOINT, changed.endpoint());
        assertEquals(PushPolicy.NONE, changed.policy());
        assertEquals(Map.of("mention", true), changed.alerts());
    }

    /** 92 of the hostile inputs, as far as it concerns push. */
    @Test
    void subscriptionEndsWithItsToken() {
        long token = token(ALICE);
        long other = token(BOB);
        subscribe(token, ALICE, PushPolicy.ALL, Map.of("follow", true));
        subscribe(other, BOB, PushPolicy.ALL, Map.of("follow", true));
        tokens.revokeAllOf(ALICE);
        assertTrue(subscriptions.ofToken(token).isEmpty());
        assertTrue(subscriptions.ofToken(other).isPresent());
        tokens.revokeAllOf(BOB, BOB);
        assertTrue(subscriptions.ofToken(other).isEmpty());
    }

    @Test
    void whatCouldNeverBeSentIsRefused() {
        long token = token(ALICE);
        for (String endpoint : List.of("", "push.example", "ftp://push.example/", "https://", "https://push.example/" + "x".repeat(2000), "https://user@push.example/\u0000")) {
            assertEquals(422, refusal(token, endpoint, subscriber.publicKey(), subscriber.authSecret()), endpoint);
        }
        for (String key : List.of("", "AAAA", "no base64!", "B" + "A".repeat(86))) {
            assertEquals(422, refusal(token, ENDPOINT, key, subscriber.authSecret()), key);
        }
        for (String auth : List.of("", "AAAA", "!", "A".repeat(200))) {
            assertEquals(422, refusal(token, ENDPOINT, subscriber.publicKey(), auth), auth);
        }
        String padded = subscriber.authSecret() + "==";
        assertEquals(ENDPOINT, subscriptions.subscribe(token, ALICE, ENDPOINT, subscriber.publicKey().replace('-', '+').replace('_', '/'), padded, true,
            PushPolicy.ALL, Map.of()).endpoint());
    }

    private int refusal(long token, String endpoint, String key, String auth) {
        return assertThrows(Refusal.class, () -> subscriptions.subscribe(token, ALICE, endpoint, key, auth, true, PushPolicy.ALL, Map.of())).status();
    }
}
