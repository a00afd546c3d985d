package social.dunlin.federation.followers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.fetch.CollectionReader;
import social.dunlin.federation.followers.SynchronizationRequests.Request;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowersComparisonTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String ALICE = "https://village.example/users/alice";
    private static final String BOB = "https://village.example/users/bob";
    private static final String DORA = "https://village.example/users/dora";

    private Database database;
    private FederationWorld world;
    private Followers followers;
    private SynchronizationRequests requests;
    private FollowersComparison comparison;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        followers = new Followers(database, world.domains);
        requests = new SynchronizationRequests(followers, world.jobs);
        comparison = new FollowersComparison(database, world.domains, world.accounts, new CollectionReader(world.fetcher),
            RelationshipServices.remote(database, world.outbox), world.outbox);
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        database.execute("delete from job");
        database.execute("delete from outgoing_activity");
    }

    /** Somebody elsewhere whom Alice and Bob follow. */
    private Account followed() {
        String uri = world.settle("far", "followed" + NUMBER.incrementAndGet());
        world.actors.byUri(uri, Budgets.forActivity());
        Account account = world.accounts.byUri(uri).orElseThrow();
        world.posts.village.follow(Village.ALICE, account.id());
        world.posts.village.follow(Village.BOB, account.id());
        return account;
    }

    private static String part(Account account) {
        return account.uri() + "/followers_part";
    }

    private static String collectionOf(Account account, String... ids) {
        return """
            {"id": "%s", "type": "OrderedCollection", "orderedItems": [%s]}"""
            .formatted(part(account), Arrays.stream(ids).map(id -> "\"" + id + "\"").collect(Collectors.joining(", ")));
    }

    private void compare(Account account, List<String> digested, String... served) {
        world.fediverse.serve(part(account), collectionOf(account, served));
        comparison.compare(new Request(account.uri(), "village.example", part(account), Followers.digest(digested)));
    }

    private boolean follows(long follower, Account target) {
        return database.exists("select from follow where account_id = $1 and target_account_id = $2", follower, target.id());
    }

    @Test
    void followerTheOtherSideDoesNotKnowIsNoFollowerHere() {
        Account account = followed();
        compare(account, List.of(ALICE), ALICE);
        assertTrue(follows(Village.ALICE, account));
        assertFalse(follows(Village.BOB, account));
    }

    @Test
    void followThatWasAcceptedThereIsAcceptedHere() {
        Account account = followed();
        world.posts.village.askToFollow(Village.DORA, account.id());
        compare(account, List.of(ALICE, BOB, DORA), ALICE, BOB, DORA);
        assertTrue(follows(Village.DORA, account));
    }

    @Test
    void followNobodyHereKnowsOfIsTakenBack() {
        Account account = followed();
        compare(account, List.of(ALICE, BOB, DORA), ALICE, BOB, DORA);
        assertFalse(follows(Village.DORA, account));
        assertTrue(database.exists("select from outgoing_activity where account_id = $1 and body like '%\"Undo\"%' and body like $2",
            Village.DORA, "%" + account.uri() + "%"));
    }

    @Test
    void listThatDoesNotHaveTheAnnouncedDigestChangesNothing() {
        Account account = followed();
        compare(account, List.of(ALICE, BOB, DORA), ALICE);
        assertTrue(follows(Village.BOB, account));
    }

    @Test
    void listThatNamesPeopleOfOthersChangesNothing() {
        Account account = followed();
        String stranger = "https://elsewhere.example/users/x";
        compare(account, List.of(ALICE, stranger), ALICE, stranger);
        assertTrue(follows(Village.BOB, account));
    }

    @Test
    void listOnAnotherServerIsNotFetched() {
        Account account = followed();
        String foreign = world.fediverse.url("evil", "/list" + NUMBER.incrementAndGet());
        world.fediverse.serve(foreign, collectionOf(account));
        comparison.compare(new Request(account.uri(), "village.example", foreign, Followers.digest(List.of())));
        assertEquals(0, world.fediverse.count(foreign));
        assertTrue(follows(Village.ALICE, account));
    }

    @Test
    void onlyADifferenceIsWorthAJob() {
        Account account = followed();
        String header = new SynchronizationHeader(account.followersUrl(), part(account), Followers.digest(List.of(BOB, ALICE))).value();
        requests.noticed(account, header, "village.example");
        assertFalse(database.exists("select from job"));
        requests.noticed(account, header, "hamlet.example");
        requests.noticed(account, header, "hamlet.example");
        assertEquals(1, database.list("select payload from job", row -> Request.read(row.getString("payload"))).size());
    }

    @Test
    void headerAboutSomebodyElseIsIgnored() {
        Account account = followed();
        Account other = followed();
        requests.noticed(account, new SynchronizationHeader(other.followersUrl(), part(account), Followers.digest(List.of())).value(), "village.example");
        requests.noticed(account, new SynchronizationHeader(account.followersUrl(), "https://elsewhere.example/x", Followers.digest(List.of())).value(), "village.example");
        assertFalse(database.exists("select from job"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "collectionId=\"a\", url=\"b\"", "collectionId=\"a\", url=\"b\", digest=\"xyz\"", "collectionId=\"a\", collectionId=\"a\", url=\"b\", digest=\"0000000000000000000000000000000000000000000000000000000000000000\""})
    void malformedHeaderIsNone(String value) {
        assertEquals(Optional.empty(), SynchronizationHeader.parse(value));
    }

    @Test
    void headerIsReadAsItIsWrittenWhateverTheOrder() {
        SynchronizationHeader header = new SynchronizationHeader("https://a.example/f", "https://a.example/p", "0".repeat(64));
        assertEquals(Optional.of(header), SynchronizationHeader.parse(header.value()));
        assertEquals(Optional.of(header), SynchronizationHeader.parse(
            "digest=\"%s\",collectionId=\"https://a.example/f\",  url=\"https://a.example/p\"".formatted("0".repeat(64))));
    }

    @Test
    void eachHostIsToldOfItsOwnPeople() {
        world.posts.village.follow(Village.HEDY, Village.ALICE);
        SynchronizationHeader header = followers.headers(Village.ALICE).get("far.example");
        assertEquals(ALICE + "/followers", header.collectionId());
        assertEquals(ALICE + "/followers_synchronization", header.url());
        assertEquals(followers.digest(Village.ALICE, "far.example"), header.digest());
        assertEquals(List.of("https://other.example/users/hedy"), followers.at(Village.ALICE, "other.example"));
        assertFalse(followers.headers(Village.ALICE).containsKey("hamlet.example"), "nobody is told of our own");
    }
}
