package social.dunlin.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.outbox.ReportOutbox;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportServiceTest {
    private Database database;
    private FederationWorld world;
    private ReportService reports;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new FederationWorld(database, vertx, options);
        reports = ReportServices.of(world.posts, new ReportOutbox(world.domains, world.instanceActors, world.deliveries));
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void empty() {
        database.execute("delete from outgoing_activity");
    }

    private Account alice() {
        return world.accounts.byId(Village.ALICE).orElseThrow();
    }

    private Report file(long target, List<Long> posts, String comment, boolean forward) {
        return reports.file(alice(), new NewReport(target, posts, List.of(), comment, ReportCategory.SPAM, List.of(), forward));
    }

    private static int statusOf(Runnable call) {
        return assertThrows(Refusal.class, call::run).status();
    }

    @Test
    void reportOfSomebodyElsewhereIsForwardedWithoutTheReportersName() throws JsonProcessingException {
        Status post = world.posts.remotePost(Village.GUSTAV, "spam", Visibility.PUBLIC);
        Report report = file(Village.GUSTAV, List.of(post.id()), "buys followers", true);
        assertTrue(report.forwarded());
        assertEquals(List.of(post.id()), report.statusIds());
        assertEquals("https://far.example/inbox", database.first("select inbox_url from delivery", row -> row.getString("inbox_url")).orElseThrow());
        String body = database.first("select body from outgoing_activity", row -> row.getString("body")).orElseThrow();
        JsonNode flag = new ObjectMapper().readTree(body);
        assertEquals("Flag https://village.example/actor buys followers",
            flag.path("type").asText() + " " + flag.path("actor").asText() + " " + flag.path("content").asText());
        assertEquals("[\"https://far.example/users/gustav\",\"" + post.uri() + "\"]", flag.path("object").toString());
        assertFalse(body.contains("alice"));
        assertEquals(world.instanceActors.of(world.domains.defaultDomain()).id(),
            database.first("select account_id from outgoing_activity", row -> row.getLong("account_id")).orElseThrow());
    }

    @Test
    void unforwardedAndLocalReportsStayHere() {
        assertFalse(file(Village.GUSTAV, List.of(), "", false).forwarded());
        Status post = world.posts.post(Village.BOB, "rude", Visibility.LOCAL);
        Report report = file(Village.BOB, List.of(post.id()), "rude", true);
        assertFalse(report.forwarded());
        assertFalse(database.exists("select from outgoing_activity"));
        assertTrue(database.exists("select from report where id = $1 and account_id = $2 and category = 'spam' and resolved_at is null",
            report.id(), Village.ALICE));
    }

    @Test
    void onlyPostsOfTheAccusedThatTheReporterSeesCanBeNamed() {
        Status anothers = world.posts.post(Village.DORA, "innocent", Visibility.PUBLIC);
        Status unseen = world.posts.post(Village.BOB, "psst", Visibility.DIRECT);
        assertEquals(404, statusOf(() -> file(Village.BOB, List.of(anothers.id()), "", false)));
        assertEquals(404, statusOf(() -> file(Village.BOB, List.of(unseen.id()), "", false)));
        assertEquals(404, statusOf(() -> file(4711, List.of(), "", false)));
        assertEquals(404, statusOf(() -> file(Village.BOB, List.of(0L, -1L, Long.MAX_VALUE), "", false)));
    }

    @Test
    void onlyCollectionsOfTheAccusedThatTheReporterSeesCanBeNamed() {
        long bobs = collection(Village.BOB);
        long another = collection(Village.BOB);
        assertEquals(List.of(bobs, another), fileCollections(Village.BOB, bobs, another).collectionIds());
        assertEquals(404, statusOf(() -> fileCollections(Village.DORA, bobs)));
        assertEquals(404, statusOf(() -> fileCollections(Village.BOB, bobs, collection(Village.DORA))));
        for (long missing : new long[] {0, -1, Long.MAX_VALUE}) {
            assertEquals(404, statusOf(() -> fileCollections(Village.BOB, bobs, missing)));
        }
        assertEquals(422, statusOf(() -> fileCollections(Village.BOB, LongStream.range(1, 102).boxed().toArray(Long[]::new))));
        database.execute("insert into block (account_id, target_account_id) values ($1, $2)", Village.BOB, Village.ALICE);
        assertEquals(404, statusOf(() -> fileCollections(Village.BOB, bobs)), "whom its maker blocks sees it not");
        database.execute("delete from block where account_id = $1 and target_account_id = $2", Village.BOB, Village.ALICE);
    }

    @Test
    void collectionsAreNamedBetweenServers() throws JsonProcessingException {
        long theirs = database.first("""
            insert into collection (account_id, name, uri) values ($1, 'Spam', 'https://far.example/collections/1') returning id""",
            row -> row.getLong("id"), Village.GUSTAV).orElseThrow();
        reports.file(alice(), new NewReport(Village.GUSTAV, List.of(), List.of(theirs), "", ReportCategory.SPAM, List.of(), true));
        String body = database.first("select body from outgoing_activity", row -> row.getString("body")).orElseThrow();
        assertEquals("[\"https://far.example/users/gustav\",\"https://far.example/collections/1\"]", new ObjectMapper().readTree(body).path("object").toString());

        long ours = collection(Village.BOB);
        String uri = "https://village.example/users/bob/collections/" + ours;
        assertEquals(1, ReportServices.remote(world.posts).receive(new RemoteReport(Village.FRIDA, List.of(uri, uri + "0", uri + "/x"), "", "https://far.example/flags/7")));
        assertEquals(List.of(ours), database.first("select * from report where uri = 'https://far.example/flags/7' and target_account_id = $1",
            row -> List.of(row.getArrayOfLongs("collection_ids")), Village.BOB).orElseThrow());
        assertEquals(0, ReportServices.remote(world.posts).receive(new RemoteReport(Village.FRIDA,
            List.of(uri.replace("bob", "dora"), "https://far.example/users/bob/collections/" + ours), "", "https://far.example/flags/8")));
    }

    private long collection(long maker) {
        return database.first("insert into collection (account_id, name) values ($1, 'Birders') returning id", row -> row.getLong("id"), maker).orElseThrow();
    }

    private Report fileCollections(long target, Long... ids) {
        return reports.file(alice(), new NewReport(target, List.of(), List.of(ids), "", ReportCategory.SPAM, List.of(), false));
    }

    @Test
    void brokenRulesMakeItAViolation() {
        long rule = database.first("insert into instance_rule (domain_id, text) values ($1, 'be kind') returning id", row -> row.getLong("id"),
            world.domains.defaultDomain().id()).orElseThrow();
        Report report = reports.file(alice(), new NewReport(Village.BOB, List.of(), List.of(), "", ReportCategory.SPAM, List.of(rule), false));
        assertEquals(ReportCategory.VIOLATION, report.category());
        assertEquals(List.of(rule), report.ruleIds());
        assertEquals(422, statusOf(() -> reports.file(alice(), new NewReport(Village.BOB, List.of(), List.of(), "", ReportCategory.SPAM, List.of(99L), false))));
    }

    private List<String> told(long account) {
        return world.posts.notifications.list(account, Page.first(40), List.of(), List.of(), null).stream()
            .map(each -> each.type().apiName() + " " + each.fromAccountId() + " " + each.subjectId()).toList();
    }

    @Test
    void moderatorsOfTheDomainAreToldOfAPersonOnceADay() {
        database.execute("update dunlin_user set role = 'moderator' where id = $1", Village.CAROL);
        database.execute("update dunlin_user set role = 'admin' where id in ($1, $2)", Village.ALICE, Village.ERIN);
        database.execute("delete from report");
        database.execute("insert into block (account_id, target_account_id) values ($1, $2) on conflict do nothing", Village.CAROL, Village.ALICE);
        Report first = file(Village.DORA, List.of(), "", false);
        file(Village.DORA, List.of(), "again", false);
        Report other = file(Village.GUSTAV, List.of(), "", true);
        assertEquals(List.of("admin.report 1001 " + other.id(), "admin.report 1001 " + first.id()), told(Village.CAROL), "even of whom they block");
        assertEquals(List.of(), told(Village.ALICE), "not of what one reports oneself");
        assertEquals(List.of(), told(Village.ERIN), "another domain");
        database.execute("update report set resolved_at = now() where target_account_id = $1", Village.DORA);
        assertTrue(told(Village.CAROL).contains("admin.report 1001 " + first.id()));
        Report later = file(Village.DORA, List.of(), "still", false);
        assertEquals("admin.report 1001 " + later.id(), told(Village.CAROL).getFirst());

        ReportServices.remote(world.posts).receive(new RemoteReport(Village.FRIDA, List.of("https://village.example/users/bob"), "rude", "https://far.example/flags/1"));
        ReportServices.remote(world.posts).receive(new RemoteReport(Village.FRIDA, List.of("https://village.example/users/bob"), "rude", "https://far.example/flags/1"));
        assertEquals(4, told(Village.CAROL).size());
        assertTrue(told(Village.CAROL).getFirst().startsWith("admin.report 2001 "));
        database.execute("update dunlin_user set role = 'user'");
        database.execute("delete from block where account_id = $1 and target_account_id = $2", Village.CAROL, Village.ALICE);
    }

    @Test
    void wordsOfTheModeratorsReachPeopleHere() {
        AccountWarnings warnings = new AccountWarnings(database, world.accounts, world.domains, world.posts.notifications);
        AccountWarning first = warnings.warn("dora", " Be kind ");
        AccountWarning second = warnings.warn("@dora@village.example", "Be kinder");
        assertEquals(List.of("moderation_warning 1004 " + second.id(), "moderation_warning 1004 " + first.id()), told(Village.DORA));
        assertEquals(List.of("Be kind"), warnings.byIds(List.of(first.id())).stream().map(AccountWarning::text).toList());
        for (String name : List.of("nobody", "gustav@far.example", "")) {
            assertEquals(422, statusOf(() -> warnings.warn(name, "Hello")), name);
        }
        for (String text : List.of("", "  ", "x".repeat(5001))) {
            assertEquals(422, statusOf(() -> warnings.warn("dora", text)));
        }
    }

    @Test
    void longCommentsAreRefused() {
        assertEquals(1000, file(Village.BOB, List.of(), "🐦".repeat(1000), false).comment().codePointCount(0, 2000));
        assertEquals(422, statusOf(() -> file(Village.BOB, List.of(), "x".repeat(1001), false)));
    }
}
