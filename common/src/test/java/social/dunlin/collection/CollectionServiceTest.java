package social.dunlin.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.MALLORY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.collection.CollectionService.Change;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.refusal.InvalidFields;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.StatusWorld;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;
import social.dunlin.visibility.Viewer;

/** Alice recommends people. Carol blocks Mallory. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class CollectionServiceTest {
    private Database database;
    private StatusWorld world;
    private Village village;
    private CollectionService collections;

    @BeforeEach
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        if (world == null) {
            database = given;
            world = new StatusWorld(database, vertx, options);
            village = world.village;
            collections = CollectionServices.of(world);
        }
        database.execute("delete from collection");
        database.execute("delete from mute");
        database.execute("update account set discoverable = true, suspended_at = null where id <> $1", DORA);
    }

    private static Change named(String name) {
        return new Change(name, null, null, null, null, null);
    }

    private AccountCollection made(Long... members) {
        return collections.create(ALICE, named("Birders"), List.of(members));
    }

    private List<Long> shown(AccountCollection collection, Viewer viewer) {
        return collections.items(List.of(collection), viewer).stream().map(CollectionItem::accountId).toList();
    }

    private static int status(Runnable work) {
        return assertThrows(Refusal.class, work::run).status();
    }

    @Test
    void collectionHoldsWhoWasPutIntoIt() {
        AccountCollection made = collections.create(ALICE, new Change(" Birders ", "Of the coast", "DE", true, false, "#Waders"), List.of(BOB, ERIN, BOB));
        assertEquals("Birders Of the coast de true false Waders", String.join(" ", made.name(), made.description(), made.language(),
            Boolean.toString(made.sensitive()), Boolean.toString(made.discoverable()), made.tag()));
        assertEquals(List.of(BOB, ERIN), shown(made, Viewer.anonymous()));
        AccountCollection changed = collections.update(ALICE, made.id(), new Change(null, "", "", null, true, ""));
        assertEquals("Birders", changed.name());
        assertEquals("", changed.description());
        assertNull(changed.language());
        assertNull(changed.tag());
        assertEquals(List.of(BOB, ERIN), shown(changed, Viewer.anonymous()));
    }

    @Test
    void onlyWhoLetsThemselfBeFoundOnThisInstallAndIsNotBlocked() {
        AccountCollection made = made();
        for (long refused : List.of(DORA, FRIDA, 999_999L)) {
            assertEquals(403, status(() -> collections.add(ALICE, made.id(), refused)));
            assertEquals(403, status(() -> made(refused)));
        }
        AccountCollection ofMallory = collections.create(MALLORY, named("Friends"), List.of());
        assertEquals(403, status(() -> collections.add(MALLORY, ofMallory.id(), CAROL)), "who blocks her");
        AccountCollection ofCarol = collections.create(CAROL, named("Friends"), List.of());
        assertEquals(403, status(() -> collections.add(CAROL, ofCarol.id(), MALLORY)), "whom she blocks");
        assertEquals(1, collections.of(Viewer.of(ALICE), ALICE, 40, 0).size(), "what was refused is not made");
    }

    @Test
    void whoLeavesCannotBePutIntoItAgain() {
        AccountCollection made = made(BOB);
        long item = collections.items(List.of(made), Viewer.anonymous()).getFirst().id();
        assertEquals(422, status(() -> collections.add(ALICE, made.id(), BOB)));
        assertEquals(404, status(() -> collections.revoke(ERIN, made.id(), item)));
        assertEquals(List.of(made.id()), collections.containing(BOB, 40, 0).stream().map(AccountCollection::id).toList());
        collections.revoke(BOB, made.id(), item);
        assertEquals(List.of(), shown(made, Viewer.anonymous()));
        assertEquals(List.of(), collections.containing(BOB, 40, 0));
        assertEquals(404, status(() -> collections.removeItem(ALICE, made.id(), item)));
        assertEquals(422, status(() -> collections.add(ALICE, made.id(), BOB)));
    }

    @Test
    void makerTakesSomebodyOutAndMayPutThemBack() {
        AccountCollection made = made(BOB);
        collections.removeItem(ALICE, made.id(), collections.items(List.of(made), Viewer.anonymous()).getFirst().id());
        assertEquals(BOB, collections.add(ALICE, made.id(), BOB).accountId());
    }

    @Test
    void itIsItsMakersAlone() {
        AccountCollection made = made(BOB);
        assertEquals(403, status(() -> collections.update(BOB, made.id(), named("Mine"))));
        assertEquals(403, status(() -> collections.remove(BOB, made.id())));
        assertEquals(403, status(() -> collections.add(BOB, made.id(), ERIN)));
        assertEquals(404, status(() -> collections.remove(ALICE, made.id() + 1)));
        collections.remove(ALICE, made.id());
        assertEquals(404, status(() -> collections.get(Viewer.anonymous(), made.id())));
    }

    @Test
    void hiddenPeopleAndHiddenMakersAreNotShown() {
        AccountCollection made = collections.create(CAROL, named("Friends"), List.of(BOB, ERIN));
        village.mute(ALICE, BOB);
        assertEquals(List.of(ERIN), shown(made, Viewer.of(ALICE)));
        assertEquals(404, status(() -> collections.get(Viewer.of(MALLORY), made.id())), "Carol blocks Mallory");
        assertEquals(List.of(), collections.of(Viewer.of(MALLORY), CAROL, 40, 0));
        database.execute("update account set suspended_at = now() where id = $1", ERIN);
        assertEquals(List.of(BOB), shown(made, Viewer.anonymous()));
        database.execute("update account set suspended_at = now() where id = $1", CAROL);
        assertEquals(404, status(() -> collections.get(Viewer.anonymous(), made.id())));
        assertEquals(List.of(), collections.containing(BOB, 40, 0));
    }

    @Test
    void profileListsThoseThatAreMeantToBeFound() {
        AccountCollection open = made();
        AccountCollection quiet = collections.create(ALICE, new Change("Quiet", null, null, null, false, null), List.of());
        assertEquals(List.of(open.id()), collections.of(Viewer.of(BOB), ALICE, 40, 0).stream().map(AccountCollection::id).toList());
        assertEquals(List.of(quiet.id(), open.id()), collections.of(Viewer.of(ALICE), ALICE, 40, 0).stream().map(AccountCollection::id).toList());
        assertEquals(List.of(open.id()), collections.of(Viewer.of(ALICE), ALICE, 1, 1).stream().map(AccountCollection::id).toList());
        assertEquals("Quiet", collections.get(Viewer.anonymous(), quiet.id()).name());
    }

    @Test
    void numbersAreBounded() {
        IntStream.range(0, 10).forEach(ignored -> made());
        assertEquals(422, status(this::made));
        assertEquals(422, status(() -> collections.create(BOB, named("Many"), LongStream.range(1, 27).boxed().toList())));
        AccountCollection full = collections.create(BOB, named("Full"), List.of());
        database.execute("""
            insert into account (id, domain_id, username, host, uri, discoverable)
            select 5000 + number, (select id from domain limit 1), 'member' || number, 'village.example', 'https://village.example/members/' || number, true
            from generate_series(1, 26) as number""");
        LongStream.rangeClosed(5001, 5025).forEach(member -> collections.add(BOB, full.id(), member));
        assertEquals(422, status(() -> collections.add(BOB, full.id(), 5026)));
        database.execute("delete from collection");
        database.execute("delete from account where id > 5000");
    }

    /** Gustav, who lives elsewhere, follows Alice. */
    @Test
    void serversOfFollowersAreTold() throws JsonProcessingException {
        database.execute("delete from outgoing_activity");
        AccountCollection made = made(BOB);
        collections.update(ALICE, made.id(), named("Waders"));
        collections.removeItem(ALICE, made.id(), collections.add(ALICE, made.id(), ERIN).id());
        collections.revoke(BOB, made.id(), collections.items(List.of(made), Viewer.anonymous()).getFirst().id());
        collections.remove(ALICE, made.id());
        List<String> told = new ArrayList<>();
        for (String body : database.list("select body from outgoing_activity order by id", row -> row.getString("body"))) {
            JsonNode activity = new ObjectMapper().readTree(body);
            JsonNode object = activity.get("object");
            told.add(String.join(" ", activity.get("type").asText(), object.isTextual() ? "-" : object.get("type").asText(),
                activity.has("target") ? activity.get("target").asText() : "-"));
        }
        String all = "https://village.example/users/alice/collections";
        assertEquals(List.of("Add FeaturedCollection " + all, "Update FeaturedCollection -", "Add FeaturedItem " + made.uri(), "Remove - " + made.uri(),
            "Remove - " + made.uri(), "Remove - " + all), told);
        assertEquals(all + "/" + made.id(), made.uri());
        assertEquals(6, database.list("select from delivery where host = 'far.example'", row -> row).size());
    }

    private List<String> told(long account) {
        return world.notifications.list(account, Page.first(40), List.of(), List.of(), null).stream()
            .map(each -> each.type().apiName() + " " + each.subjectId()).toList();
    }

    @Test
    void membersAreToldThatTheyStandInItAndOfItsLastChange() {
        AccountCollection made = made(BOB);
        collections.add(ALICE, made.id(), ERIN);
        String added = "added_to_collection " + made.id();
        assertEquals(List.of(added), told(BOB));
        assertEquals(List.of(added), told(ERIN));
        collections.update(ALICE, made.id(), named("Waders"));
        collections.update(ALICE, made.id(), named("Gulls"));
        assertEquals(List.of("collection_update " + made.id(), added), told(BOB));
        AccountCollection other = collections.create(ALICE, named("Other"), List.of(BOB));
        assertEquals(List.of("added_to_collection " + other.id(), "collection_update " + made.id(), added), told(BOB), "each collection for itself");
        collections.remove(ALICE, other.id());
        collections.revoke(BOB, made.id(), collections.items(List.of(made), Viewer.anonymous()).getFirst().id());
        assertEquals(List.of(), told(BOB), "nothing of what is gone");
        collections.update(ALICE, made.id(), named("Terns"));
        assertEquals(List.of(), told(BOB), "who has left hears no more of it");
        assertEquals(List.of("collection_update " + made.id(), added), told(ERIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "name that is longer than forty characters, by far"})
    void namesAreBounded(String name) {
        assertThrows(InvalidFields.class, () -> collections.create(ALICE, named(name), List.of()));
        AccountCollection made = made();
        assertThrows(InvalidFields.class, () -> collections.update(ALICE, made.id(), named(name)));
    }

    @Test
    void theRestIsCheckedToo() {
        assertThrows(InvalidFields.class, () -> collections.create(ALICE, named(null), List.of()));
        assertThrows(InvalidFields.class, () -> collections.create(ALICE, new Change("A", "x".repeat(101), null, null, null, null), List.of()));
        assertThrows(InvalidFields.class, () -> collections.create(ALICE, new Change("A", null, "no language", null, null, null), List.of()));
        assertThrows(InvalidFields.class, () -> collections.create(ALICE, new Change("A", null, null, null, null, "two words"), List.of()));
    }
}
