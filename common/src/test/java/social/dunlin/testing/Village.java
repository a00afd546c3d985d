package social.dunlin.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.domain.DomainStore;

/**
 * The population that tests share: a few people on two domains of ours and a few of other servers, with the same ids and
 * names every time.
 *
 * <p>Carol is locked. Bob, Frida follow her; Dora and Hedy have asked to and wait. She blocks Mallory and all of
 * {@code blocked.example}, where Judy lives. Alice follows Bob, Carol's neighbour, and Frida; Bob, Erin and Gustav follow
 * Alice. Ivan knows nobody. There is an Alice on the hamlet too.
 */
public final class Village {
    public static final long ALICE = 1001;
    public static final long BOB = 1002;
    public static final long CAROL = 1003;
    public static final long DORA = 1004;
    public static final long MALLORY = 1005;
    public static final long HAMLET_ALICE = 1011;
    public static final long ERIN = 1012;
    public static final long FRIDA = 2001;
    public static final long GUSTAV = 2002;
    public static final long HEDY = 2003;
    public static final long IVAN = 2004;
    public static final long JUDY = 2005;

    public static final String VILLAGE = "village.example";
    public static final String HAMLET = "hamlet.example";
    public static final Instant FOUNDED = Instant.parse("2026-01-02T03:04:05.678Z");

    private static final List<Person> PEOPLE = List.of(
        new Person(ALICE, "alice", VILLAGE, true, false), new Person(BOB, "bob", VILLAGE, true, false),
        new Person(CAROL, "carol", VILLAGE, true, true), new Person(DORA, "dora", VILLAGE, true, false),
        new Person(MALLORY, "mallory", VILLAGE, true, false),
        new Person(HAMLET_ALICE, "alice", HAMLET, true, false), new Person(ERIN, "erin", HAMLET, true, false),
        new Person(FRIDA, "frida", "far.example", false, false), new Person(GUSTAV, "gustav", "far.example", false, false),
        new Person(HEDY, "hedy", "other.example", false, false), new Person(IVAN, "ivan", "other.example", false, true),
        new Person(JUDY, "judy", "blocked.example", false, false));

    private record Person(long id, String username, String host, boolean local, boolean locked) {
        String base() {
            return "https://" + host;
        }

        String uri() {
            return base() + "/users/" + username;
        }

        Object[] row(Long domainId) {
            String name = username.substring(0, 1).toUpperCase() + username.substring(1);
            return new Object[] {id, domainId, local ? id : null, username, host, uri(), base() + "/@" + username, name, locked,
                uri() + "/inbox", base() + "/inbox", uri() + "/outbox", uri() + "/followers", uri() + "/following", FOUNDED};
        }
    }

    private final Database database;
    private final Domains domains;
    private final AccountStore accounts;

    private Village(Database database, Domains domains) {
        this.database = database;
        this.domains = domains;
        this.accounts = new AccountStore(database);
    }

    /** Settles everybody in an empty, migrated database. */
    public static Village settle(Database database) {
        Domains domains = new Domains(new DomainStore(database));
        long village = domains.add(VILLAGE, VILLAGE).id();
        long hamlet = domains.add(HAMLET, HAMLET).id();
        Village result = new Village(database, domains);
        result.people(village, hamlet);
        result.relations();
        return result;
    }

    private void people(long village, long hamlet) {
        database.executeBatch("""
            insert into dunlin_user (id, email, confirmed_at, approved_at) values ($1, $2, now(), now())""",
            PEOPLE.stream().filter(Person::local).map(person -> new Object[] {person.id, person.username + "@" + person.host}).toList());
        List<Object[]> rows = new ArrayList<>();
        PEOPLE.forEach(person -> rows.add(person.row(person.local ? Long.valueOf(person.host.equals(VILLAGE) ? village : hamlet) : null)));
        database.executeBatch("""
            insert into account (id, domain_id, user_id, username, host, uri, url, display_name, locked, inbox_url, shared_inbox_url,
              outbox_url, followers_url, following_url, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)""", rows);
        database.execute("insert into account_counter (account_id) select id from account");
    }

    private void relations() {
        follow(BOB, CAROL);
        follow(FRIDA, CAROL);
        askToFollow(DORA, CAROL);
        askToFollow(HEDY, CAROL);
        block(CAROL, MALLORY);
        database.execute("insert into account_domain_block (account_id, host) values ($1, 'blocked.example')", CAROL);
        follow(ALICE, BOB);
        follow(ALICE, FRIDA);
        follow(BOB, ALICE);
        follow(ERIN, ALICE);
        follow(GUSTAV, ALICE);
    }

    public void follow(long follower, long target) {
        database.execute("insert into follow (account_id, target_account_id, uri) values ($1, $2, $3)", follower, target,
            "https://village.example/follows/%d-%d".formatted(follower, target));
    }

    public void askToFollow(long follower, long target) {
        database.execute("insert into follow_request (account_id, target_account_id) values ($1, $2)", follower, target);
    }

    public void block(long account, long target) {
        database.execute("insert into block (account_id, target_account_id) values ($1, $2)", account, target);
    }

    public void mute(long account, long target) {
        database.execute("insert into mute (account_id, target_account_id) values ($1, $2)", account, target);
    }

    public Account account(long id) {
        return accounts.byId(id).orElseThrow();
    }

    public Domains domains() {
        return domains;
    }
}
