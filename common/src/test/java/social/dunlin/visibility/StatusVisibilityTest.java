package social.dunlin.visibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.GUSTAV;
import static social.dunlin.testing.Village.HAMLET_ALICE;
import static social.dunlin.testing.Village.HEDY;
import static social.dunlin.testing.Village.IVAN;
import static social.dunlin.testing.Village.JUDY;
import static social.dunlin.testing.Village.MALLORY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.GoldenFile;

/** Carol, who is locked, writes one post of each kind; everybody of the village looks. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class StatusVisibilityTest {
    private static final String TEXT = "For @erin@hamlet.example and @gustav@far.example";

    private StatusWorld world;
    private final Map<Visibility, Status> posts = new LinkedHashMap<>();
    private final Map<String, Viewer> viewers = new LinkedHashMap<>();

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
        for (Visibility visibility : Visibility.values()) {
            posts.put(visibility, world.post(CAROL, TEXT, visibility));
        }
        viewers.put("author", Viewer.of(CAROL));
        viewers.put("follower", Viewer.of(BOB));
        viewers.put("pending follower", Viewer.of(DORA));
        viewers.put("mentioned, other domain of ours", Viewer.of(ERIN));
        viewers.put("blocked", Viewer.of(MALLORY));
        viewers.put("stranger", Viewer.of(ALICE));
        viewers.put("stranger, other domain of ours", Viewer.of(HAMLET_ALICE));
        viewers.put("remote follower", Viewer.of(FRIDA));
        viewers.put("remote pending follower", Viewer.of(HEDY));
        viewers.put("remote mentioned", Viewer.of(GUSTAV));
        viewers.put("remote stranger", Viewer.of(IVAN));
        viewers.put("remote of a blocked host", Viewer.of(JUDY));
        viewers.put("anonymous", Viewer.anonymous());
    }

    @Test
    void theMatrixIsAsPinned() {
        StringBuilder matrix = new StringBuilder("%-34s".formatted("S see, F favourite, R reply, B boost"));
        posts.keySet().forEach(visibility -> matrix.append("  %-14s".formatted(visibility.apiName())));
        viewers.forEach((name, viewer) -> {
            matrix.append("\n%-36s".formatted(name));
            posts.values().forEach(status -> matrix.append("  %-14s".formatted(rights(viewer, status))));
        });
        GoldenFile.check(Path.of("visibility", "status-matrix.txt"), matrix.toString().lines().map(String::stripTrailing).toList().stream()
            .reduce("", (all, line) -> all + line + "\n"));
    }

    private String rights(Viewer viewer, Status status) {
        String rights = (world.visibility.maySee(viewer, status) ? "S" : "-") + (world.visibility.mayFavourite(viewer, status) ? "F" : "-")
            + (world.visibility.mayReply(viewer, status) ? "R" : "-") + (world.visibility.mayReblog(viewer, status) ? "B" : "-");
        return rights;
    }

    @Test
    void theRuleForOneAndTheRuleForSetsAgree() {
        List<Status> all = new ArrayList<>(posts.values());
        all.add(world.actions.reblog(world.village.account(BOB), posts.get(Visibility.PUBLIC).id(), null));
        all.add(world.actions.reblog(world.village.account(CAROL), posts.get(Visibility.PRIVATE).id(), null));
        all.add(world.actions.reblog(world.village.account(ALICE), posts.get(Visibility.LOCAL).id(), null));
        List<Long> ids = all.stream().map(Status::id).toList();
        viewers.forEach((name, viewer) -> {
            Set<Long> visible = world.visibility.visibleOf(viewer, ids);
            all.forEach(status -> assertEquals(world.visibility.maySee(viewer, status), visible.contains(status.id()),
                () -> "%s looks at %s %s".formatted(name, status.visibility(), status.isReblog() ? "boost" : "post")));
        });
    }

    @Test
    void theRuleForPostsJoinedWithTheirAuthorsIsTheSame() {
        List<Long> ids = posts.values().stream().map(Status::id).toList();
        viewers.values().forEach(viewer -> assertEquals(world.visibility.visibleOf(viewer, ids), joined(viewer, ids,
            StatusVisibility.postVisibleTo("post", "writer", "$1::bigint")), viewer::toString));
        List<Long> hiding = List.of(BOB, DORA, ERIN);
        world.village.mute(DORA, CAROL);
        world.database.execute("insert into block (account_id, target_account_id) values ($1, $2)", ERIN, CAROL);
        List<Long> fromElsewhere = List.of(world.remotePost(JUDY, "from-elsewhere", Visibility.PUBLIC).id());
        world.database.execute("insert into account_domain_block (account_id, host) values ($1, 'blocked.example')", BOB);
        try {
            hiding.forEach(reader -> Stream.of(ids, fromElsewhere).forEach(all -> assertEquals(world.visibility.shownOf(Viewer.of(reader), all),
                joined(Viewer.of(reader), all, StatusVisibility.postVisibleTo("post", "writer", "$1::bigint") + " and "
                    + StatusVisibility.postWantedBy("writer", "$1::bigint")), reader::toString)));
            assertEquals(Set.of(), world.visibility.shownOf(Viewer.of(BOB), fromElsewhere));
            assertEquals(Set.of(), world.visibility.shownOf(Viewer.of(DORA), ids));
        } finally {
            world.database.execute("delete from mute where account_id = $1", DORA);
            world.database.execute("delete from block where account_id = $1", ERIN);
            world.database.execute("delete from account_domain_block where account_id = $1", BOB);
        }
    }

    private Set<Long> joined(Viewer viewer, List<Long> ids, String condition) {
        return Set.copyOf(world.database.list(
            "select post.id from status post join account writer on writer.id = post.account_id where post.id = any($2) and " + condition,
            row -> row.getLong("id"), viewer.idOrNull(), ids.toArray(Long[]::new)));
    }

    @Test
    void streamingToManyGivesTheSameAnswerAsLookingOneByOne() {
        List<Long> people = viewers.values().stream().filter(viewer -> !viewer.isAnonymous()).map(Viewer::idOrNull).toList();
        posts.values().forEach(status -> {
            List<Long> oneByOne = people.stream().filter(id -> world.visibility.maySee(Viewer.of(id), status)).toList();
            assertEquals(Set.copyOf(oneByOne), world.visibility.readersOf(status.id(), people), status.visibility()::apiName);
        });
    }

    @Test
    void hostileInput86_pendingFollowerOfALockedAccountSeesNothing() {
        Status post = posts.get(Visibility.PRIVATE);
        assertFalse(world.visibility.maySee(Viewer.of(DORA), post));
        assertFalse(world.visibility.maySee(Viewer.of(HEDY), post));
    }

    @Test
    void hostileInput86_aFollowerOfOneReaderDoesNotOpenThePostToItsNeighbours() {
        Status post = posts.get(Visibility.PRIVATE);
        assertTrue(world.visibility.maySee(Viewer.of(BOB), post), "Bob follows");
        assertFalse(world.visibility.maySee(Viewer.of(ALICE), post), "Alice lives on the same server");
        assertTrue(world.visibility.maySee(Viewer.of(FRIDA), post), "Frida follows");
        assertFalse(world.visibility.maySee(Viewer.of(IVAN), post));
    }

    @Test
    void hostileInput98_suspendedAuthorIsNotSeenThroughABoost() {
        Status original = world.remotePost(GUSTAV, "boosted", Visibility.PUBLIC);
        Status boost = world.actions.reblog(world.village.account(ALICE), original.id(), null);
        assertTrue(world.visibility.maySee(Viewer.of(BOB), boost));
        world.suspend(GUSTAV);
        try {
            assertFalse(world.visibility.maySee(Viewer.of(BOB), boost));
            assertFalse(world.visibility.maySee(Viewer.of(BOB), original));
            assertEquals(Set.of(), world.visibility.visibleOf(Viewer.of(BOB), List.of(boost.id(), original.id())));
            assertEquals(Set.of(), world.visibility.visibleOf(Viewer.anonymous(), List.of(boost.id(), original.id())));
        } finally {
            world.reinstate(GUSTAV);
        }
    }

    @Test
    void aStoryIsGoneAfterItsEnd() {
        Status story = world.post(ALICE, "Today only", Visibility.PUBLIC);
        world.database.execute("update status set expires_at = now() - interval '1 second' where id = $1", story.id());
        assertFalse(world.visibility.maySee(Viewer.of(ALICE), story));
        assertEquals(Set.of(), world.visibility.visibleOf(Viewer.of(BOB), List.of(story.id())));
    }

    @Test
    void whatTheReaderHidesIsPermittedButNotWanted() {
        Status post = world.post(ALICE, "Hello", Visibility.PUBLIC);
        world.village.mute(DORA, ALICE);
        assertEquals(Set.of(post.id()), world.visibility.visibleOf(Viewer.of(DORA), List.of(post.id())));
        assertEquals(Set.of(), world.visibility.shownOf(Viewer.of(DORA), List.of(post.id())));
    }
}
