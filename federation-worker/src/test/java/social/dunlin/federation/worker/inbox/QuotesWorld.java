package social.dunlin.federation.worker.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.federation.worker.quote.QuoteCheckHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.status.NewStatus;
import social.dunlin.status.QuoteCheck;
import social.dunlin.status.QuoteState;
import social.dunlin.status.QuoteStore.Quoting;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.testing.Village;

/** An inbox, people of other servers and posts that quote, for tests of FEP-044f. */
abstract class QuotesWorld {
    static final String ALICE = "https://village.example/users/alice";
    static final String ALLOWED = "\"interactionPolicy\": {\"canQuote\": {\"automaticApproval\": [\"https://www.w3.org/ns/activitystreams#Public\"]}}";
    static final AtomicInteger NUMBER = new AtomicInteger();

    Database database;
    FederationWorld world;
    InboxHandler handler;
    QuoteCheckHandler checker;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        InboxWorld inbox = new InboxWorld(database, vertx, options);
        world = inbox.federation;
        handler = inbox.handler;
        checker = new QuoteCheckHandler(world.posts.remoteQuotes, world.objects, world.fetcher);
    }

    @AfterAll
    void end() {
        world.close();
    }

    void receive(Account sender, String activity) {
        handler.handle(new JobRun(NUMBER.incrementAndGet(), InboxJob.KIND, new InboxJob(sender.uri(), activity).job().payload(), 1, ""));
    }

    static String activity(Account sender, String type, String object, String more) {
        return """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s#%s-%d", "type": "%s", "actor": "%s", "object": %s%s}"""
            .formatted(sender.uri(), type, NUMBER.incrementAndGet(), type, sender.uri(), object, more);
    }

    static String text(String value) {
        return "\"" + value + "\"";
    }

    Account actor(String server) {
        String uri = world.settle(server, "q" + NUMBER.incrementAndGet());
        world.actors.byUri(uri, Budgets.forActivity());
        return world.accounts.byUri(uri).orElseThrow();
    }

    /** One whom Alice follows. */
    Account friend(String server) {
        Account account = actor(server);
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", Village.ALICE, account.id());
        return account;
    }

    /** A Note of theirs, with further members. */
    static String note(String uri, Account author, String members) {
        return "{" + members + ", " + FederationWorld.note(uri, author.uri(), null).strip().substring(1);
    }

    String uriOf(Account author) {
        return author.uri() + "/notes/" + NUMBER.incrementAndGet();
    }

    Status post(String policy) {
        return world.posts.service.publish(world.posts.village.account(Village.ALICE), new NewStatus("Quote me", null, null, Visibility.PUBLIC, null,
            null, null, null, policy, List.of(), null, null, null, null));
    }

    Status byUri(String uri) {
        return world.posts.statuses.byUri(uri).orElseThrow();
    }

    Optional<Quoting> quoteIn(String uri) {
        return world.posts.quotes.of(byUri(uri).id());
    }

    QuoteState stateOf(String uri) {
        return quoteIn(uri).orElseThrow().state();
    }

    /** Does the waiting jobs of this kind about the post, as a worker would. */
    void check(String uri) {
        String id = Long.toString(byUri(uri).id());
        while (database.execute("delete from job where kind = $1 and payload = $2", QuoteCheck.KIND, id) > 0) {
            checker.handle(new JobRun(NUMBER.incrementAndGet(), QuoteCheck.KIND, id, 6, ""));
        }
    }

    JsonNode answer(Account to, String type) throws JsonProcessingException {
        String body = database.first("""
            select body from outgoing_activity join delivery on delivery.activity_id = outgoing_activity.id
            where inbox_url = $1 and body like '%"type":"' || $2 || '"%' order by outgoing_activity.id desc limit 1""",
            row -> row.getString("body"), to.inboxUrl(), type).orElseThrow();
        return new ObjectMapper().readTree(body);
    }

    String stamp(String uri, String author, String quoting, String quoted) {
        return """
            {"@context": "https://www.w3.org/ns/activitystreams", "id": "%s", "type": "QuoteAuthorization", "attributedTo": "%s",
             "gts:interactingObject": "%s", "interactionTarget": {"id": "%s"}}""".formatted(uri, author, quoting, quoted);
    }
}
