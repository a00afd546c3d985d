package social.dunlin.relationship;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.RecordingOutbox;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
class RelationshipListsTest {
    private static final Page ALL = Page.first(40);
    private static int number;

    private Database database;
    private Neighbours neighbours;
    private RelationshipLists lists;
    private RelationshipService relationships;
    private long alice;
    private long bob;
    private long carol;

    @BeforeEach
    void people(Database given) {
        database = given;
        neighbours = new Neighbours(database);
        lists = new RelationshipLists(database);
        relationships = RelationshipServices.of(database, new RecordingOutbox(neighbours::nameOf));
        number++;
        alice = neighbours.person("alice" + number);
        bob = neighbours.person("bob" + number);
        carol = neighbours.person("carol" + number);
    }

    private void follow(long account, long target) {
        relationships.follow(account, target, FollowOptions.UNCHANGED);
    }

    private List<Long> followers(long account, Viewer viewer) {
        return ids(lists.followers(neighbours.account(account), viewer, ALL));
    }

    private static List<Long> ids(List<Related> related) {
        return related.stream().map(each -> each.account().id()).toList();
    }

    @Test
    void newestRelationComesFirstWhateverTheAgeOfTheAccount() {
        follow(carol, alice);
        follow(bob, alice);
        assertEquals(List.of(bob, carol), followers(alice, Viewer.anonymous()));
        follow(alice, bob);
        follow(alice, carol);
        assertEquals(List.of(carol, bob), ids(lists.following(neighbours.account(alice), Viewer.anonymous(), ALL)));
    }

    @Test
    void pagesByRelationRowTouchWithoutGapOrRepeat() {
        List<Long> expected = new ArrayList<>();
        for (int more = 0; more < 7; more++) {
            long person = neighbours.person("p%d_%d".formatted(number, more));
            follow(person, alice);
            expected.addFirst(person);
        }
        List<Long> seen = new ArrayList<>();
        Long before = null;
        List<Related> page;
        do {
            page = lists.followers(neighbours.account(alice), Viewer.anonymous(), new Page(before, null, null, 3));
            page.forEach(each -> seen.add(each.account().id()));
            before = page.isEmpty() ? null : page.getLast().relationId();
        } while (page.size() == 3);
        assertEquals(expected, seen);

        long oldest = lists.followers(neighbours.account(alice), Viewer.anonymous(), ALL).getLast().relationId();
        assertEquals(expected.subList(3, 6), ids(lists.followers(neighbours.account(alice), Viewer.anonymous(), new Page(null, null, oldest, 3))),
            "min_id: the page that touches the id, newest first");
        assertEquals(expected.subList(0, 3), ids(lists.followers(neighbours.account(alice), Viewer.anonymous(), new Page(null, oldest, null, 3))),
            "since_id: the newest page");
    }

    @Test
    void hiddenCollectionsAreEmptyForOthersAndFullForTheOwner() {
        follow(bob, alice);
        neighbours.change(alice, "hide_collections = true");
        assertEquals(List.of(), followers(alice, Viewer.anonymous()));
        assertEquals(List.of(), followers(alice, Viewer.of(carol)));
        assertEquals(List.of(bob), followers(alice, Viewer.of(alice)));
    }

    @Test
    void whoIsBlockedByTheOwnerSeesNoList() {
        follow(bob, alice);
        relationships.block(alice, carol);
        assertEquals(List.of(), followers(alice, Viewer.of(carol)));
        assertEquals(List.of(bob), followers(alice, Viewer.anonymous()));
    }

    @Test
    void peopleTheReaderBlocksOrIsBlockedByAreLeftOut() {
        long dora = neighbours.person("dora" + number);
        follow(bob, alice);
        follow(dora, alice);
        relationships.block(carol, bob);
        assertEquals(List.of(dora), followers(alice, Viewer.of(carol)));
        relationships.block(dora, carol);
        assertEquals(List.of(), followers(alice, Viewer.of(carol)));
    }

    @Test
    void suspendedPeopleAreInNoList() {
        follow(bob, alice);
        neighbours.change(bob, "suspended_at = now()");
        assertEquals(List.of(), followers(alice, Viewer.anonymous()));
    }

    @Test
    void mutesShowTheirEndAndNotThoseThatAreOver() {
        relationships.mute(alice, bob, true, Duration.ZERO);
        relationships.mute(alice, carol, true, Duration.ofHours(1));
        database.execute("update mute set expires_at = now() - interval '1 second' where target_account_id = $1", carol);
        List<Muted> muted = lists.mutes(alice, ALL);
        assertEquals(List.of(bob), muted.stream().map(mute -> mute.account().id()).toList());
        assertNull(muted.getFirst().expiresAt());
    }

    @Test
    void ownListsHoldWhatTheySay() {
        relationships.block(alice, bob);
        assertEquals(List.of(bob), ids(lists.blocks(alice, ALL)));
        neighbours.change(alice, "locked = true");
        follow(carol, alice);
        assertEquals(List.of(carol), ids(lists.followRequests(alice, ALL)));
        follow(alice, carol);
        relationships.endorse(alice, carol);
        assertEquals(List.of(carol), ids(lists.endorsements(alice, ALL)));
        relationships.blockDomain(alice, "one.example");
        relationships.blockDomain(alice, "two.example");
        assertEquals(List.of("two.example", "one.example"), lists.blockedHosts(alice, ALL).stream().map(BlockedHost::host).toList());
    }

    @Test
    void familiarFollowersAreThoseTheReaderFollowsUnlessHidden() {
        follow(alice, bob);
        follow(bob, carol);
        follow(neighbours.person("stranger" + number), carol);
        assertEquals(Map.of(carol, List.of(bob)), lists.familiarFollowers(alice, List.of(carol)));
        neighbours.change(carol, "hide_collections = true");
        assertEquals(Map.of(), lists.familiarFollowers(alice, List.of(carol)));
    }
}
