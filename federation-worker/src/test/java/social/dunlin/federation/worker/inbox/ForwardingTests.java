package social.dunlin.federation.worker.inbox;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;

/** What tests of inbox forwarding have in common. */
abstract class ForwardingTests {
    /** What Mastodon puts into what may be forwarded; nobody here can check it. */
    static final String LINKED_DATA_SIGNATURE = ", \"signature\": {\"type\": \"RsaSignature2017\", \"creator\": \"x\", \"signatureValue\": \"y\"}";

    Database database;
    FederationWorld world;
    ForwardingWorld inbox;

    @BeforeAll
    void begin(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        inbox = new ForwardingWorld(database, vertx, options);
        world = inbox.world;
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void empty() {
        database.execute("delete from outgoing_activity");
        world.fediverse.forgetRequests();
    }

    static String uri(Account author) {
        return author.uri() + "/notes/" + ForwardingWorld.number();
    }

    static String create(Account author, String note, String inReplyTo, String more) {
        return ForwardingWorld.activity(author, "Create", FederationWorld.note(note, author.uri(), inReplyTo), more);
    }

    void serve(Account author, String note, String inReplyTo) {
        world.fediverse.serve(note, FederationWorld.note(note, author.uri(), inReplyTo));
    }

    boolean isHere(String uri) {
        return world.posts.statuses.byUri(uri).isPresent();
    }
}
