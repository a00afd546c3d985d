package social.dunlin.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.recall.Recall;
import social.dunlin.relationship.Neighbours;
import social.dunlin.relationship.RelationshipService;
import social.dunlin.relationship.RelationshipServices;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.RecordingOutbox;
import social.dunlin.visibility.Viewer;

@ExtendWith(DatabaseExtension.class)
class SearchTest {
    private static final Pattern SCAN_OF_ACCOUNTS = Pattern.compile("Scan .*on account(?: account_\\d+)? \\(actual rows=([\\d.]+) loops=(\\d+)\\)");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by (?:Filter|Index Recheck): (\\d+)");

    private static int number;

    private Database database;
    private Neighbours neighbours;
    private AccountSearch search;
    /** Remembers nobody, and so looks for whom the reader follows in the same statement. */
    private AccountSearch forgetful;
    private RelationshipService relationships;
    private long reader;
    private String name;

    @BeforeEach
    void people(Database given) {
        database = given;
        neighbours = new Neighbours(database);
        search = new AccountSearch(database, new Recall(database, 1 << 20));
        forgetful = new AccountSearch(database, new Recall(database, 0));
        relationships = RelationshipServices.of(database, new RecordingOutbox(neighbours::nameOf));
        number++;
        reader = neighbours.person("reader" + number);
        name = "walter" + number + "x";
    }

    private List<Long> find(String typed) {
        return find(typed, 40, 0);
    }

    private List<Long> find(String typed, int limit, int offset) {
        List<Long> found = ids(search.find(typed, Viewer.of(reader), false, limit, offset));
        assertEquals(found, ids(forgetful.find(typed, Viewer.of(reader), false, limit, offset)));
        return found;
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
    void accentsAreNotAskedFor() {
        long person = neighbours.person(name);
        neighbours.change(person, "display_name = 'Łukasz Ångström-Strauß" + number + "'");
        for (String typed : List.of("lukasz angstrom", "ŁUKASZ Ångström", "angstro\u0308m-strauss" + number, "STRAUẞ" + number)) {
            assertEquals(List.of(person), find(typed), typed);
            database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", reader, person);
            assertEquals(List.of(person), ids(search.find(typed, Viewer.of(reader), true, 40, 0)), typed);
            assertEquals(List.of(person), find(typed), typed);
            database.execute("delete from follow where account_id = $1", reader);
        }
        neighbours.change(person, "display_name = 'Лёля Йоргос Οδυσσεύς" + number + "'");
        assertEquals(List.of(person), find("леля иоргос οδυσσευς" + number));
        assertEquals(List.of(), find("\u0301"));
    }

    /** Every letter there is: what is remembered is compared with what Java makes, what is looked for with what PostgreSQL makes. */
    @Test
    void javaAndPostgresqlSeeTheSameName() {
        List<String> letters = IntStream.range(1, Character.MAX_CODE_POINT).filter(Character::isLetterOrDigit)
            .mapToObj(letter -> "a" + Character.toString(letter) + "b").toList();
        List<String> folded = database.list("select search_name(letter) from unnest($1::text[]) with ordinality as given (letter, place) order by place",
            row -> row.getString(0), (Object) letters.toArray(String[]::new));
        List<String> different = IntStream.range(0, letters.size()).filter(place -> !folded.get(place).equals(SearchText.name(letters.get(place))))
            .mapToObj(place -> letters.get(place) + " " + folded.get(place) + " " + SearchText.name(letters.get(place))).toList();
        assertEquals(List.of(), different);
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

    /** Strangers whose names begin so; {@code number} in the SQL counts from 1. */
    private void strangers(int people, String username, String host, String displayName) {
        database.execute("""
            insert into account (id, username, host, uri, inbox_url, display_name)
            select $1 + number, %1$s, %2$s, 'https://people.example/' || $1 + number, 'https://people.example/inbox', %3$s
            from generate_series(1, $2) as number""".formatted(username, host, displayName), Snowflakes.next(), people);
    }

    private void manyStrangers(int people) {
        strangers(people, "'" + name + "' || lpad(number::text, 6, '0')", "'far.example'", "''");
    }

    private List<Long> page(int limit, int offset) {
        return find(name, limit, offset);
    }

    @Test
    void behindManyOthersAreStillFoundTheFollowedThenTheLocal() {
        manyStrangers(500);
        long far = neighbours.person(name + "zzz@far.example");
        assertFalse(find(name).contains(far));
        assertEquals(List.of(far), find(name + "zzz"));
        assertEquals(far, find("@" + name + "zzz@far.example").getFirst());
        long local = neighbours.person(name + "zz");
        long followed = neighbours.person(name + "zzzz@far.example");
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", reader, followed);
        assertEquals(List.of(followed, local), find(name).subList(0, 2));
        long exact = neighbours.person(name + "@zz.example");
        assertEquals(List.of(exact, followed, local), find(name).subList(0, 3));
    }

    @Test
    void ofManyWithOneNameTheWantedIsFoundByItsHost() {
        strangers(500, "'" + name + "'", "'h' || number || '.example'", "''");
        long wanted = neighbours.person(name + "@zz.example");
        assertEquals(List.of(wanted), find(name + "@zz.example"));
        assertEquals(List.of(wanted), find(name + "@zz"));
        long local = neighbours.person(name);
        assertEquals(local, find(name).getFirst());
    }

    @Test
    void followedIsFoundByTheMiddleOfTheDisplayNameBeforeManyStrangers() {
        manyStrangers(500);
        long friend = neighbours.person("friend" + number + "@far.example");
        neighbours.change(friend, "display_name = 'Ánna " + name.toUpperCase(Locale.ROOT) + "'");
        assertFalse(find(name).contains(friend));
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", reader, friend);
        assertEquals(friend, find(name).getFirst());
        assertEquals(List.of(friend), find("ánna " + name));
        assertEquals(List.of(friend), ids(search.find("ÁNNA " + name, Viewer.of(reader), true, 40, 0)));
    }

    @Test
    void whoIsFollowedIsKnownByWhatTheyAreCalledNow() {
        manyStrangers(50);
        long friend = neighbours.person("friend" + number + "@far.example");
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", reader, friend);
        assertFalse(find(name).contains(friend));
        neighbours.change(friend, "display_name = 'Known as " + name + "'");
        assertEquals(friend, find(name).getFirst());
        neighbours.change(friend, "display_name = 'Known no more'");
        assertFalse(find(name).contains(friend));
        neighbours.change(friend, "username = '" + name + "zz'");
        assertEquals(friend, find(name).getFirst());
        database.execute("delete from follow where account_id = $1 and target_account_id = $2", reader, friend);
        assertFalse(find(name).contains(friend), "forty strangers come before");
    }

    @Test
    void pagesFollowEachOtherToTheEnd() {
        manyStrangers(70);
        strangers(60, "'u" + number + "x' || number", "'called.example'", "'" + name + " Called ' || number");
        strangers(30, "'v" + number + "x' || number", "'parts.example'", "'Some ' || '" + name + "'");
        database.execute("""
            insert into account_counter (account_id, followers_count)
            select id, 1 + id % 17 from account where lower(username || display_name) like '%' || $1 || '%' and id % 3 = 0""", name);
        database.execute("""
            insert into follow (account_id, target_account_id)
            select $1, id from account where lower(username || display_name) like '%' || $2 || '%' and id % 10 = 0""", reader, name);
        List<Long> paged = new ArrayList<>();
        for (int offset = 0; offset < 200; offset += 20) {
            paged.addAll(page(20, offset));
        }
        assertEquals(160, paged.size());
        assertEquals(160, Set.copyOf(paged).size());
        assertEquals(paged.subList(0, 80), page(80, 0));
        Set<Long> followed = Set.copyOf(database.list("select target_account_id from follow where account_id = $1", row -> row.getLong(0), reader));
        assertEquals(16, followed.size());
        assertEquals(followed, Set.copyOf(paged.subList(0, 16)));
        assertEquals(paged.subList(0, 16), ids(search.find(name, Viewer.of(reader), true, 40, 0)));
    }

    @Test
    void whoIsHiddenTakesNobodysPlaceOnThePage() {
        manyStrangers(200);
        database.execute("""
            insert into mute (account_id, target_account_id) select $1, id from account
            where username like $2 || '%' order by username limit 100""", reader, name);
        assertEquals(40, page(40, 0).size());
        assertEquals(100, page(80, 0).size() + page(80, 80).size());
    }

    @Test
    void twoLettersFindBeginningsAndWhomOneFollows() {
        manyStrangers(50);
        long beginning = neighbours.person("b" + name + "@far.example");
        long middle = neighbours.person("m" + name + "@far.example");
        neighbours.change(beginning, "display_name = 'Žq" + number + "'");
        neighbours.change(middle, "display_name = 'Dr. Žq" + number + "'");
        assertEquals(List.of(beginning), find("žq"));
        database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", reader, middle);
        assertEquals(List.of(middle, beginning), find("žq"));
        neighbours.change(beginning, "display_name = ''");
        neighbours.change(middle, "display_name = ''");
    }

    @Test
    void asMuchIsReadOfManyAsOfMore() {
        manyStrangers(1000);
        for (int place = 0; place < 5; place++) {
            database.execute("insert into follow (account_id, target_account_id) values ($1, $2)", reader, neighbours.person("f" + place + name));
        }
        database.execute("analyze account");
        List<Integer> few = List.of(rowsRead("", 0), rowsRead("far", 0), rowsRead("", 60));
        name = name + "y";
        manyStrangers(5000);
        database.execute("analyze account");
        assertEquals(few, List.of(rowsRead("", 0), rowsRead("far", 0), rowsRead("", 60)));
        assertTrue(few.getFirst() >= 40 && few.getFirst() <= 100, few::toString);
    }

    /** Rows of accounts that the search looks at, those included that it drops. */
    private int rowsRead(String host, int offset) {
        int looked = rowsRead(host, offset, null);
        int remembered = rowsRead(host, offset, new Long[] {reader});
        assertTrue(remembered <= looked, () -> remembered + " of " + looked);
        return looked;
    }

    private int rowsRead(String host, int offset, Long[] followed) {
        AccountSearch.Statement statement = AccountSearch.statement(name, host, host.isEmpty(), Viewer.of(reader), false, followed, 20, offset);
        List<String> plan = database.list("explain (analyze, costs off, timing off, buffers off) " + statement.sql(), row -> row.getString(0), statement.parameters());
        assertFalse(plan.stream().anyMatch(line -> line.matches(".*Seq Scan on account( account_\\d+)? \\(.*")), () -> String.join("\n", plan));
        int read = 0;
        boolean ofAccounts = false;
        for (String line : plan) {
            if (line.contains("->")) {
                Matcher scan = SCAN_OF_ACCOUNTS.matcher(line);
                ofAccounts = scan.find();
                read += ofAccounts ? (int) Math.round(Double.parseDouble(scan.group(1)) * Integer.parseInt(scan.group(2))) : 0;
            }
            Matcher removed = REMOVED.matcher(line);
            read += ofAccounts && removed.find() ? Integer.parseInt(removed.group(1)) : 0;
        }
        return read;
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
