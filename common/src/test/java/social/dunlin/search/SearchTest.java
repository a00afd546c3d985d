package social.dunlin.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.relationship.Neighbours;
import social.dunlin.relationship.RelationshipService;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.RecordingOutbox;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
class SearchTest {
    private static int number;

    private Database database;
    private Neighbours neighbours;
    private AccountSearch search;
    private RelationshipService relationships;
    private long reader;
    private String name;

    @BeforeEach
    void people(Database given) {
        database = given;
        neighbours = new Neighbours(database);
        search = new AccountSearch(database);
        relationships = RelationshipServices.of(database, new RecordingOutbox(neighbours::nameOf));
        number++;
        reader = neighbours.person("reader" + number);
        name = "walter" + number + "x";
    }

    private List<Long> find(String typed) {
        return ids(search.find(typed, Viewer.of(reader), false, 40, 0));
    }

    private static List<Long> ids(List<Account> accounts) {
        return accounts.stream().map(Account::id).toList();
    }

    @Test
    void exactNameThenFollowedThenLocalThenByFollowers() {
        long popular = neighbours.person(name + "c@far.example");
        long remote = neighbours.person(name + "d@far.example");
        long local = neighbours.person(name + "b");
        long followed = neighbours.person(name + "e@far.example");
        long exact = neighbours.person(name + "@far.example");
        database.execute("insert into account_counter (account_id, followers_count) values ($1, 900)", popular);
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", reader, followed);
        assertEquals(List.of(exact, followed, local, popular, remote), find(name.toUpperCase(Locale.ROOT)));
        assertEquals(List.of(followed), ids(search.find(name, Viewer.of(reader), true, 40, 0)));
        assertEquals(List.of(local), ids(search.find(name, Viewer.anonymous(), false, 1, 1)));
    }

    @Test
    void handleIsMatchedByItsParts() {
        long far = neighbours.person(name + "@far.example");
        long near = neighbours.person(name + "@near.example");
        assertEquals(List.of(far), find("@" + name + "@far"));
        assertEquals(List.of(near), find(name + "@near.example"));
        assertEquals(List.of(), find("@" + name + "@nowhere"));
    }

    @Test
    void displayNameIsMatchedAnywhere() {
        long person = neighbours.person(name);
        database.execute("update account set display_name = $2 where id = $1", person, "Dr. Ottilie Quendel" + number);
        assertEquals(List.of(person), find("quendel" + number));
    }

    @Test
    void signsOfPatternsAreOrdinaryText() {
        neighbours.person(name);
        assertEquals(List.of(), find("%"));
        assertEquals(List.of(), find("walter_x"));
        assertEquals(List.of(), find("wal\\"));
        assertEquals(List.of(), find("@"));
    }

    @Test
    void blockedMutedAndSuspendedAreNotFound() {
        long blocked = neighbours.person(name + "a");
        long muted = neighbours.person(name + "b");
        long suspended = neighbours.person(name + "c");
        relationships.block(reader, blocked);
        relationships.mute(reader, muted, true, Duration.ZERO);
        neighbours.change(suspended, "suspended_at = now()");
        assertEquals(List.of(), find(name));
    }

    @Test
    void instanceActorIsNobodyToFind() {
        long actor = neighbours.person(name);
        neighbours.change(actor, "actor_type = 'Application'");
        assertEquals(List.of(), find(name));
    }

    @Test
    void tagsAreFoundByTheirBeginningExactOneFirst() {
        database.execute("insert into tag (name, display_name) values ('dunlins', 'dunlins'), ('dunlinswatching', 'DunlinsWatching'), ('undunlins', 'x')");
        TagSearch tags = new TagSearch(database);
        assertEquals(List.of("dunlins", "DunlinsWatching"), tags.find("#Dunlins", 10, 0).stream().map(FoundTag::displayName).toList());
        assertEquals(List.of(), tags.find("no tag", 10, 0));
    }

    @Test
    void historyCountsPublicPostsOfTheLastSevenDays() {
        database.execute("insert into tag (name, display_name) values ('sanderling', 'Sanderling')");
        TagSearch tags = new TagSearch(database);
        long tag = tags.find("sanderling", 1, 0).getFirst().id();
        long walter = neighbours.person(name);
        for (String visibility : List.of("public", "public", "unlisted", "private")) {
            database.execute("insert into status_tag (tag_id, status_id) values ($1, $2)", tag, neighbours.post(walter, visibility));
        }
        List<TagHistory> week = tags.history(List.of(tag)).get(tag);
        assertEquals(7, week.size());
        assertEquals(2, week.stream().mapToInt(TagHistory::uses).sum());
        assertEquals(1, week.stream().mapToInt(TagHistory::accounts).sum());
    }
}
