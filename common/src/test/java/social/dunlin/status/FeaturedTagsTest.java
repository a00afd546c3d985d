package social.dunlin.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.database.Database;
import social.dunlin.refusal.Refusal;
import social.dunlin.search.FoundTag;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeaturedTagsTest {
    private StatusWorld world;
    private FeaturedTags tags;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
        tags = world.featuredTags;
    }

    @Test
    void featuredHashtagCountsItsPublicPosts() {
        world.post(Village.ALICE, "one #Waders", Visibility.PUBLIC);
        world.post(Village.ALICE, "two #waders", Visibility.UNLISTED);
        world.post(Village.ALICE, "three #waders", Visibility.PRIVATE);
        world.post(Village.BOB, "not mine #waders", Visibility.PUBLIC);
        world.outbox.taken();
        FeaturedTag tag = tags.feature(Village.ALICE, "#waders");
        assertEquals("Waders 2", tag.name() + " " + tag.statusesCount());
        assertTrue(tag.lastStatusAt() != null);
        assertEquals(tag, tags.feature(Village.ALICE, "WADERS"));
        assertEquals(List.of(tag), tags.of(Village.ALICE));
        tags.unfeature(Village.ALICE, tag.id());
        assertEquals(List.of(), tags.of(Village.ALICE));
        assertEquals(List.of("hashtagFeatured 1001 waders true", "hashtagFeatured 1001 Waders false"), world.outbox.taken());
        assertEquals(404, assertThrows(Refusal.class, () -> tags.unfeature(Village.ALICE, tag.id())).status());
    }

    @Test
    void nobodyTakesAwayAnothersHashtag() {
        FeaturedTag tag = tags.feature(Village.DORA, "dunes");
        assertEquals(404, assertThrows(Refusal.class, () -> tags.unfeature(Village.BOB, tag.id())).status());
    }

    @Test
    void tenAreTheMost() {
        for (int number = 0; number < 10; number++) {
            tags.feature(Village.CAROL, "tag" + number);
        }
        assertEquals(422, assertThrows(Refusal.class, () -> tags.feature(Village.CAROL, "tag10")).status());
        assertEquals(10, tags.of(Village.CAROL).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "two words", "1234", "a#b", "\u0000"})
    void whatIsNoHashtagIsRefused(String name) {
        assertEquals(422, assertThrows(Refusal.class, () -> tags.feature(Village.MALLORY, name)).status());
    }

    @Test
    void suggestionsAreWhatOneUsesAndDoesNotFeature() {
        world.post(Village.ERIN, "#knot #plover", Visibility.PUBLIC);
        world.post(Village.ERIN, "#plover", Visibility.PUBLIC);
        world.post(Village.ERIN, "#secret", Visibility.DIRECT);
        assertEquals(List.of("plover", "knot"), tags.suggestions(Village.ERIN).stream().map(FoundTag::name).toList());
        tags.feature(Village.ERIN, "plover");
        assertEquals(List.of("knot"), tags.suggestions(Village.ERIN).stream().map(FoundTag::name).toList());
    }
}
