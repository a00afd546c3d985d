package social.dunlin.federation.knock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.fetch.Fetched;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.http.FakeFediverse.Request;
import social.dunlin.id.ObjectUri;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoubleKnockTest {
    private FederationWorld world;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        world = new FederationWorld(database, vertx, options);
    }

    @AfterAll
    void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.database.execute("delete from remote_host");
        world.fediverse.forgetRequests();
    }

    private static boolean isModern(Request request) {
        return request.headers().containsKey("Signature-input");
    }

    /** A document that is given to one form of signature only. */
    private ObjectUri document(String name, int refusal, boolean modern) {
        String url = world.fediverse.url("far", "/notes/" + name);
        String note = FederationWorld.note(url, world.fediverse.url("far", "/users/author"), null);
        world.fediverse.answer(url, request -> isModern(request) == modern ? Answer.activity(note) : Answer.status(refusal));
        return ObjectUri.parse(url);
    }

    private Fetched fetch(ObjectUri uri) {
        return world.fetcher.byId(uri, Budgets.forActivity());
    }

    private List<Boolean> modernTries(ObjectUri uri) {
        return world.fediverse.requests().stream().filter(request -> request.url().equals(uri.value())).map(DoubleKnockTest::isModern).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void fetchWhoseSignatureIsNotLikedIsSignedTheOtherWay(int refusal) {
        ObjectUri uri = document("refused-" + refusal, refusal, true);
        assertInstanceOf(Fetched.Document.class, fetch(uri));
        assertEquals(List.of(false, true), modernTries(uri));
    }

    @Test
    void whatWorkedIsTriedFirstTheNextTime() {
        fetch(document("first", 401, true));
        ObjectUri second = document("second", 401, true);
        assertInstanceOf(Fetched.Document.class, fetch(second));
        assertEquals(List.of(true), modernTries(second));
    }

    @Test
    void hostThatChangedItsMindIsFoundOut() {
        fetch(document("before", 401, true));
        ObjectUri after = document("after", 401, false);
        assertInstanceOf(Fetched.Document.class, fetch(after));
        assertEquals(List.of(true, false), modernTries(after));
        ObjectUri later = document("later", 401, false);
        fetch(later);
        assertEquals(List.of(false), modernTries(later));
    }

    @Test
    void whatIsMissingIsAskedForOnce() {
        ObjectUri uri = ObjectUri.parse(world.fediverse.url("far", "/notes/missing"));
        assertEquals(new Fetched.Failed(Fetched.Reason.NOT_FOUND), fetch(uri));
        assertEquals(List.of(false), modernTries(uri));
    }

    @Test
    void documentThatNeitherFormOpensIsDeniedAndNotMissing() {
        ObjectUri uri = ObjectUri.parse(world.fediverse.url("far", "/notes/closed"));
        world.fediverse.answer(uri.value(), request -> Answer.status(401));
        assertEquals(new Fetched.Failed(Fetched.Reason.DENIED), fetch(uri));
        assertEquals(2, modernTries(uri).size());
        assertFalse(world.database.exists("select from remote_host where signature_scheme is not null"));
    }

    @Test
    void answeredFirstKnockProvesNothing() {
        ObjectUri uri = document("open", 401, false);
        fetch(uri);
        assertEquals(List.of(false), modernTries(uri));
        assertTrue(world.database.list("select from remote_host", row -> row).isEmpty());
    }

    @Test
    void whatTheAnswerAsksASignatureToHoldIsGiven() {
        String url = world.fediverse.url("far", "/notes/asking?with=query");
        String note = FederationWorld.note(url, world.fediverse.url("far", "/users/author"), null);
        String held = "(\"@method\" \"@target-uri\" \"@authority\" \"@query\");created=";
        world.fediverse.answer(url, request -> {
            String input = String.join("", request.headers().getOrDefault("Signature-input", List.of()));
            return input.contains(held) && input.endsWith(";nonce=\"n-1\";tag=\"t\\\"2\"") ? Answer.activity(note)
                : new Answer(401, "text/plain", "", Map.of("Accept-Signature",
                    "sig1=(\"@method\" \"@authority\" \"@query\" \"x-unknown\" \"@status\");nonce=\"n-1\";created;tag=\"t\\\"2\""));
        });
        assertInstanceOf(Fetched.Document.class, world.fetcher.byId(ObjectUri.parse(url), Budgets.forActivity()));
        assertEquals(2, world.fediverse.count(url));
    }

    @Test
    void whatCannotBeReadAsksForNothing() {
        String url = world.fediverse.url("far", "/notes/mumbling");
        String note = FederationWorld.note(url, world.fediverse.url("far", "/users/author"), null);
        world.fediverse.answer(url, request -> isModern(request) ? Answer.activity(note)
            : new Answer(401, "text/plain", "", Map.of("Accept-Signature", "sig1=((((;nonce")));
        assertInstanceOf(Fetched.Document.class, world.fetcher.byId(ObjectUri.parse(url), Budgets.forActivity()));
    }
}
