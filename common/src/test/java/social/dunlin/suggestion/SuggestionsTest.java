package social.dunlin.suggestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;
import static social.dunlin.testing.Village.DORA;
import static social.dunlin.testing.Village.ERIN;
import static social.dunlin.testing.Village.FRIDA;
import static social.dunlin.testing.Village.HAMLET_ALICE;
import static social.dunlin.testing.Village.HEDY;
import static social.dunlin.testing.Village.MALLORY;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.suggestion.Suggestions.Suggestion;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class SuggestionsTest {
    private Database database;
    private Village village;
    private Suggestions suggestions;

    @BeforeAll
    void settle(Database given) {
        database = given;
        village = Village.settle(database);
        suggestions = new Suggestions(database);
    }

    @BeforeEach
    void everybodyIsDiscoverable() {
        database.execute("update account set discoverable = true, suspended_at = null, silenced_at = null");
        database.execute("delete from suggestion_dismissal");
    }

    private List<Long> of(long reader) {
        return suggestions.of(reader, 40, 0).stream().map(suggestion -> suggestion.account().id()).toList();
    }

    @Test
    void friendsOfFriendsComeFirst() {
        List<Suggestion> found = suggestions.of(ALICE, 40, 0);
        assertEquals(CAROL, found.getFirst().account().id(), "Bob and Frida follow her");
        assertTrue(found.getFirst().byFriends());
        assertFalse(found.getLast().byFriends());
        assertEquals(found.size() - 1, suggestions.of(ALICE, 40, 1).size());
    }

    @Test
    void nobodyOneFollowsHidesOrCannotFollow() {
        List<Long> alices = of(ALICE);
        assertFalse(alices.contains(ALICE) || alices.contains(BOB) || alices.contains(FRIDA));
        assertFalse(of(MALLORY).contains(CAROL), "she blocks him");
        assertFalse(of(DORA).contains(CAROL), "asked already");
        assertFalse(of(CAROL).contains(MALLORY));
        village.mute(ERIN, BOB);
        assertFalse(of(ERIN).contains(BOB));
    }

    @Test
    void onlyWhoWantsToBeFound() {
        database.execute("update account set discoverable = null where id = $1", CAROL);
        database.execute("update account set suspended_at = now() where id = $1", DORA);
        database.execute("update account set silenced_at = now() where id = $1", HEDY);
        List<Long> found = of(ALICE);
        assertFalse(found.contains(CAROL) || found.contains(DORA) || found.contains(HEDY));
        List<Long> directory = directory(null, false);
        assertFalse(directory.contains(CAROL) || directory.contains(DORA) || directory.contains(HEDY));
    }

    @Test
    void whoIsDismissedStaysAway() {
        suggestions.dismiss(ALICE, CAROL);
        suggestions.dismiss(ALICE, CAROL);
        suggestions.dismiss(ALICE, 17);
        assertFalse(of(ALICE).contains(CAROL));
        assertTrue(of(HAMLET_ALICE).contains(CAROL));
    }

    private List<Long> directory(Long domain, boolean newest) {
        return suggestions.directory(Viewer.anonymous(), domain, newest, 40, 0).stream().map(Account::id).toList();
    }

    @Test
    void theDirectoryIsOrderedAndMayBeLocal() {
        long village = this.village.domains().byHost(Village.VILLAGE).orElseThrow().id();
        assertEquals(List.of(MALLORY, DORA, CAROL, BOB, ALICE), directory(village, true));
        database.execute("update account_counter set last_status_at = now() where account_id = $1", BOB);
        assertEquals(BOB, directory(village, false).getFirst());
        assertTrue(directory(null, false).contains(FRIDA));
        assertFalse(suggestions.directory(Viewer.of(CAROL), null, true, 40, 0).stream().anyMatch(account -> account.id() == MALLORY), "blocked");
    }
}
