package social.dunlin.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.IVAN;
import static social.dunlin.testing.Village.MALLORY;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.text.Hashtag;

/** Dora, who follows nobody, follows hashtags. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class TagFollowsTest {
    private static final Hashtag TIDE = Hashtag.of("Tide").orElseThrow();
    private static final Hashtag MOON = Hashtag.of("moon").orElseThrow();

    private StatusWorld world;

    @BeforeAll
    void settle(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
    }

    private List<Long> home(long reader) {
        return world.timelines.home(reader, Page.first(40)).statuses().stream().map(Status::id).toList();
    }

    @Test
    void openPostsWithAFollowedHashtagComeHomeOnce() {
        world.database.execute("delete from status");
        world.tagFollows.follow(DORA, TIDE);
        world.tagFollows.follow(DORA, TIDE);
        world.tagFollows.follow(DORA, MOON);
        Status both = world.post(ALICE, "#TIDE and #moon", Visibility.PUBLIC);
        Status local = world.post(BOB, "#tide among us", Visibility.LOCAL);
        world.post(ALICE, "#tide quietly", Visibility.UNLISTED);
        world.post(BOB, "#tide for few", Visibility.PRIVATE);
        world.post(ALICE, "Nothing", Visibility.PUBLIC);
        world.service.publish(world.village.account(BOB), NewStatus.text("#tide in answer").inReplyTo(both.id()).withVisibility(Visibility.PUBLIC));
        assertEquals(List.of(local.id(), both.id()), home(DORA));
        Status moon = world.post(BOB, "#moon", Visibility.PUBLIC);
        world.tagFollows.unfollow(DORA, TIDE);
        assertEquals(List.of(moon.id(), both.id()), home(DORA), "the other hashtag brings it still");
        world.tagFollows.unfollow(DORA, MOON);
        assertEquals(List.of(), home(DORA));
    }

    @Test
    void hiddenBlockingAndLimitedAuthorsDoNotComeHome() {
        world.database.execute("delete from status");
        world.tagFollows.follow(MALLORY, TIDE);
        world.tagFollows.follow(ALICE, TIDE);
        world.post(CAROL, "#tide, not for Mallory", Visibility.PUBLIC);
        assertEquals(List.of(), home(MALLORY), "Carol blocks her");
        world.database.execute("insert into mute (account_id, target_account_id) values ($1, $2)", ALICE, DORA);
        world.post(DORA, "#tide", Visibility.PUBLIC);
        world.database.execute("update account set silenced_at = now() where id = $1", MALLORY);
        world.post(MALLORY, "#tide", Visibility.PUBLIC);
        world.database.execute("update account set silenced_at = null where id = $1", MALLORY);
        assertEquals(1, home(ALICE).size(), "only Carol's");
        world.database.execute("delete from mute");
        world.tagFollows.unfollow(MALLORY, TIDE);
        world.tagFollows.unfollow(ALICE, TIDE);
    }

    @Test
    void followedHashtagsAreListedNewestFirst() {
        world.tagFollows.follow(IVAN, TIDE);
        world.tagFollows.follow(IVAN, MOON);
        List<TagFollows.FollowedTag> all = world.tagFollows.list(IVAN, Page.first(10));
        assertEquals(List.of("moon", "tide"), all.stream().map(each -> each.tag().name()).toList());
        assertEquals(List.of("tide"), world.tagFollows.list(IVAN, new Page(all.getFirst().relationId(), null, null, 10)).stream()
            .map(each -> each.tag().name()).toList());
        assertEquals(Set.of(all.getFirst().tag().id()), world.tagFollows.tiesOf(IVAN, List.of(all.getFirst().tag().id(), 999L)).followed());
    }
}
