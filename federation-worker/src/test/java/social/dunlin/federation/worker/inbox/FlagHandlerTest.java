package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static social.dunlin.federation.worker.inbox.InboxWorld.activity;
import static social.dunlin.federation.worker.inbox.InboxWorld.quoted;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlagHandlerTest {
    private InboxWorld inbox;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        inbox = new InboxWorld(database, vertx, options);
    }

    @AfterAll
    void end() {
        inbox.close();
    }

    private record Report(long reporter, long target, List<Long> statuses, String comment) {
    }

    private List<Report> reports(Account reporter) {
        return inbox.database.list("select account_id, target_account_id, status_ids, comment from report where account_id = $1 order by id",
            row -> new Report(row.getLong("account_id"), row.getLong("target_account_id"), List.of(row.getArrayOfLongs("status_ids")), row.getString("comment")),
            reporter.id());
    }

    private Status post(long author, Visibility visibility) {
        return inbox.federation.posts.post(author, "bad words", visibility);
    }

    private static String list(String... uris) {
        return "[\"" + String.join("\",\"", uris) + "\"]";
    }

    @Test
    void serverReportsAPersonWithPosts() {
        Account server = inbox.actor("far", "server");
        Status first = post(Village.ALICE, Visibility.PUBLIC);
        Status second = post(Village.ALICE, Visibility.PRIVATE);
        String flag = activity(server.uri(), "Flag", list(InboxWorld.ALICE, first.uri(), second.uri(), "https://other.example/notes/1"),
            ", \"content\": \"rude\\nvery\"");
        inbox.receive(server.uri(), flag);
        inbox.receive(server.uri(), flag);
        assertEquals(List.of(new Report(server.id(), Village.ALICE, List.of(first.id(), second.id()), "rude\nvery")), reports(server));
    }

    @Test
    void eachReportedPersonGetsAReportOfTheirOwn() {
        Account server = inbox.actor("far", "server2");
        Status alices = post(Village.ALICE, Visibility.PUBLIC);
        inbox.receive(server.uri(), activity(server.uri(), "Flag", list(alices.uri(), "https://village.example/users/bob")));
        assertEquals(List.of(new Report(server.id(), Village.ALICE, List.of(alices.id()), ""), new Report(server.id(), Village.BOB, List.of(), "")),
            reports(server));
    }

    @Test
    void misskeyNamesThePostsWithinTheText() {
        Account server = inbox.actor("far", "misskey");
        Status post = post(Village.BOB, Visibility.PUBLIC);
        inbox.receive(server.uri(), activity(server.uri(), "Flag", quoted("https://village.example/users/bob"),
            ", \"content\": \"Note: " + post.url() + "\\n-----\\nspam\""));
        assertEquals(List.of(post.id()), reports(server).getFirst().statuses());
    }

    @Test
    void reportsOfPeopleElsewhereAndOfLocalOnlyPostsAreNoReports() {
        Account server = inbox.actor("far", "server3");
        Account stranger = inbox.actor("other", "reported");
        Status local = post(Village.ALICE, Visibility.LOCAL);
        inbox.receive(server.uri(), activity(server.uri(), "Flag", list(stranger.uri(), local.uri())));
        assertEquals(List.of(), reports(server));
    }

    @Test
    void textIsPlainAndBoundedAndOneReporterCannotFillTheTable() {
        Account server = inbox.actor("evil", "server");
        for (int number = 0; number < 105; number++) {
            inbox.receive(server.uri(), activity(server.uri(), "Flag", quoted(InboxWorld.ALICE),
                ", \"content\": \"<p>x</p><script>alert(1)</script>" + "y".repeat(9000) + "\""));
        }
        List<Report> reports = reports(server);
        assertEquals(100, reports.size());
        assertEquals(5000, reports.getFirst().comment().length());
        assertEquals("x\n\nyy", reports.getFirst().comment().substring(0, 5));
    }
}
