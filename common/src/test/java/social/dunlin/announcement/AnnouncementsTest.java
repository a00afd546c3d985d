package social.dunlin.announcement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.activitypub.Uris;
import social.dunlin.announcement.Announcements.ReactionCount;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.event.EventBus;
import social.dunlin.refusal.Refusal;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class AnnouncementsTest {
    private Database database;
    private Announcements announcements;
    private Domain village;
    private Domain hamlet;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        Village people = Village.settle(database);
        village = people.domains().byHost(Village.VILLAGE).orElseThrow();
        hamlet = people.domains().byHost(Village.HAMLET).orElseThrow();
        announcements = new Announcements(database, new CustomEmojiStore(database), EventBus.of(database, vertx, options, true));
        database.execute("insert into custom_emoji (shortcode, host, url, static_url) values ('wave', '', 'https://village.example/w.gif', 'https://village.example/w.png')");
    }

    @BeforeEach
    void empty() {
        database.execute("delete from announcement");
    }

    private long announce(Domain domain, String text, Instant ends) {
        return announcements.announce(domain, new Uris(village.baseUrl()), text, false, null, ends);
    }

    private List<Long> current(long reader, Domain domain, boolean withRead) {
        return announcements.current(reader, domain.id(), withRead).stream().map(Announcement::id).toList();
    }

    private static void assertRefused(int status, Runnable action) {
        assertEquals(status, assertThrows(Refusal.class, action::run).status());
    }

    @Test
    void markdownIsShownToThoseItIsFor() {
        long all = announce(null, "**Maintenance** :wave: #down <script>", null);
        long ours = announce(village, "Only here", Instant.now().plus(Duration.ofDays(1)));
        announce(null, "Over", Instant.now().minusSeconds(1));
        assertEquals(List.of(all, ours), current(ALICE, village, false));
        assertEquals(List.of(all), current(ALICE, hamlet, false));
        Announcement shown = announcements.current(ALICE, village.id(), false).getFirst();
        assertTrue(shown.content().startsWith("<p><strong>Maintenance</strong> :wave: <a href=\"https://village.example/tags/down\""), shown.content());
        assertTrue(shown.content().endsWith("&lt;script&gt;</p>"), shown.content());
        assertEquals(List.of("wave"), shown.emojis());
        assertEquals(3, announcements.all().size());
    }

    @Test
    void whoHasReadItIsLeftAlone() {
        long id = announce(null, "Read me", null);
        announcements.read(ALICE, village.id(), id);
        announcements.read(ALICE, village.id(), id);
        assertEquals(List.of(), current(ALICE, village, false));
        assertEquals(List.of(id), current(ALICE, village, true));
        assertEquals(List.of(id), current(BOB, village, false));
        assertRefused(404, () -> announcements.read(ALICE, village.id(), 17));
    }

    @Test
    void reactionsAreFewAndKnown() {
        long id = announce(null, "React", null);
        announcements.react(ALICE, village.id(), id, "wave");
        announcements.react(BOB, village.id(), id, "wave");
        announcements.react(BOB, village.id(), id, "wave");
        announcements.react(BOB, village.id(), id, "🐈");
        assertEquals(List.of(new ReactionCount("wave", "https://village.example/w.gif", "https://village.example/w.png", 2, true),
            new ReactionCount("🐈", null, null, 1, false)), announcements.reactions(ALICE, List.of(id)).get(id));
        announcements.unreact(BOB, village.id(), id, "wave");
        assertEquals(1, announcements.reactions(ALICE, List.of(id)).get(id).getFirst().count());
        for (String name : List.of("nothing", ":wave:", "🐈🐈", "x", "", "a b")) {
            assertRefused(422, () -> announcements.react(ALICE, village.id(), id, name));
        }
        List.of("🐕", "🐎", "🐄", "🐖", "🐏", "🐐").forEach(name -> announcements.react(ALICE, village.id(), id, name));
        assertRefused(422, () -> announcements.react(ALICE, village.id(), id, "🐪"));
        announcements.react(ALICE, village.id(), id, "🐈");
    }

    @Test
    void whatMakesNoSenseIsRefusedAndWhatIsWithdrawnIsGone() {
        assertRefused(422, () -> announce(null, " ", null));
        assertRefused(422, () -> announcements.announce(null, new Uris(village.baseUrl()), "x", true, Instant.now(), Instant.now().minusSeconds(60)));
        long id = announce(null, "Gone soon", null);
        announcements.react(ALICE, village.id(), id, "🐈");
        announcements.read(BOB, village.id(), id);
        assertTrue(announcements.withdraw(id));
        assertEquals(List.of(), current(ALICE, village, true));
    }
}
