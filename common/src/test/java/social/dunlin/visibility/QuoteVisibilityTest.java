package social.dunlin.visibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.IVAN;
import static social.dunlin.testing.Village.MALLORY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.dunlin.database.Database;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class QuoteVisibilityTest {
    private Database database;
    private StatusWorld world;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        world = new StatusWorld(given, vertx, options);
    }

    private Status post(long author, Visibility visibility, String policy) {
        Status post = world.post(author, "Quote me", visibility);
        database.execute("update status set quote_policy = $2 where id = $1", post.id(), policy);
        return world.statuses.byId(post.id()).orElseThrow();
    }

    private QuotePermission may(long viewer, Status status) {
        return world.quoteVisibility.mayQuote(Viewer.of(viewer), status);
    }

    /** Bob and Gustav follow Alice, Dora does not; Frida is followed by Alice and lives elsewhere. */
    @ParameterizedTest
    @CsvSource({
        "PUBLIC,         public,    AUTOMATIC, AUTOMATIC, AUTOMATIC",
        "PUBLIC,         followers, AUTOMATIC, AUTOMATIC, DENIED",
        "PUBLIC,         manual,    AUTOMATIC, MANUAL,    MANUAL",
        "PUBLIC,         unknown,   AUTOMATIC, UNKNOWN,   UNKNOWN",
        "PUBLIC,         nobody,    AUTOMATIC, DENIED,    DENIED",
        "UNLISTED,       public,    AUTOMATIC, AUTOMATIC, AUTOMATIC",
        "PRIVATE,        public,    AUTOMATIC, DENIED,    DENIED",
        "LOCAL,          public,    AUTOMATIC, DENIED,    DENIED",
        "LOCAL_UNLISTED, public,    AUTOMATIC, DENIED,    DENIED",
        "DIRECT,         public,    DENIED,    DENIED,    DENIED",
    })
    void policyDecidesOverOpenPosts(Visibility visibility, String policy, QuotePermission author, QuotePermission follower, QuotePermission stranger) {
        Status post = post(ALICE, visibility, policy);
        assertEquals(List.of(author, follower, stranger), List.of(may(ALICE, post), may(BOB, post), may(DORA, post)));
        assertEquals(QuotePermission.DENIED, world.quoteVisibility.mayQuote(Viewer.anonymous(), post));
    }

    @Test
    void blocksOfEitherSideForbidQuoting() {
        Status carols = post(CAROL, Visibility.PUBLIC, "public");
        Status mallorys = post(MALLORY, Visibility.PUBLIC, "public");
        assertEquals(QuotePermission.DENIED, may(MALLORY, carols));
        assertEquals(QuotePermission.DENIED, may(CAROL, mallorys));
    }

    @Test
    void boostIsNotQuotedItself() {
        Status boost = world.actions.reblog(world.village.account(BOB), post(ALICE, Visibility.PUBLIC, "public").id(), null);
        assertEquals(QuotePermission.DENIED, may(BOB, boost));
    }

    private QuotedView view(long viewer, Status status) {
        return world.quoteVisibility.viewsOf(Viewer.of(viewer), List.of(status.id())).get(status.id());
    }

    @Test
    void whatIsShownOfAQuotedPostDependsOnTheReader() {
        Status ivans = world.remotePost(IVAN, "quoted", Visibility.PUBLIC);
        assertEquals(QuotedView.SHOWN, view(ALICE, ivans));
        world.village.mute(ALICE, IVAN);
        assertEquals(QuotedView.MUTED_ACCOUNT, view(ALICE, ivans));
        database.execute("insert into account_domain_block (account_id, host) values ($1, 'other.example')", ALICE);
        assertEquals(QuotedView.BLOCKED_DOMAIN, view(ALICE, ivans));
        world.village.block(ALICE, IVAN);
        assertEquals(QuotedView.BLOCKED_ACCOUNT, view(ALICE, ivans));
        assertEquals(QuotedView.SHOWN, view(BOB, ivans));
        assertEquals(QuotedView.SHOWN, world.quoteVisibility.viewsOf(Viewer.anonymous(), List.of(ivans.id())).get(ivans.id()));
    }

    @Test
    void hostileInput98_postOfASuspendedAuthorIsNotShownInAQuote() {
        Status fridas = world.remotePost(FRIDA, "suspended", Visibility.PUBLIC);
        world.suspend(FRIDA);
        assertNull(view(ALICE, fridas));
        world.reinstate(FRIDA);
    }

    @Test
    void whoMayNotSeeThePostIsShownNothingOfIt() {
        Status secret = world.post(CAROL, "For followers", Visibility.PRIVATE);
        assertEquals(QuotedView.SHOWN, view(BOB, secret));
        assertNull(view(DORA, secret));
        Status open = world.post(CAROL, "For all but her", Visibility.PUBLIC);
        assertNull(view(MALLORY, open));
    }
}
