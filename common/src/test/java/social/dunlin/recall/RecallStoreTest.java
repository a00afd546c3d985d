package social.dunlin.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import social.dunlin.database.Database;
import social.dunlin.recall.Memory.Change;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

/** By itself: what is forgotten waits for every transaction of the server, those of other databases among them. */
@Isolated
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class RecallStoreTest {
    private static final String NOBODY = RecallStore.sql("select id from account where id = $1 and $2::bigint is null and $3::bigint is null limit 1", 4);

    private Database database;
    private RecallStore store;

    @BeforeEach
    void settle(Database database) {
        if (store == null) {
            this.database = database;
            store = new RecallStore(database);
            Village.settle(database);
        }
        database.execute("delete from changed_row");
        database.execute("delete from changed_row_horizon");
    }

    private RecallStore.Answer ask(Snapshot since) {
        return store.ask(NOBODY, since, ALICE, null, null, 20);
    }

    private void touch(long account) {
        database.execute("update account set display_name = display_name || '.' where id = $1", account);
    }

    @Test
    void onlyWhatChangedSinceIsTold() {
        touch(ALICE);
        RecallStore.Answer first = ask(null);
        assertEquals(List.of(), first.changed(), "who remembers nothing need not be told");
        assertEquals(List.of(ALICE), List.of(first.ids()));
        touch(BOB);
        RecallStore.Answer second = ask(first.shown());
        assertEquals(List.of(new Change('a', BOB)), second.changed());
        assertTrue(second.shown().isLaterThan(first.shown()));
        assertEquals(List.of(), ask(second.shown()).changed());
    }

    @Test
    void whatIsCommittedLateIsToldOnceItIs() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Thread late = Thread.startVirtualThread(() -> database.transaction(() -> {
            touch(ALICE);
            written.countDown();
            try {
                asked.await();
            } catch (InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }));
        RecallStore.Answer between;
        try {
            written.await();
            Snapshot begin = ask(null).shown();
            touch(BOB);
            between = ask(begin);
        } finally {
            asked.countDown();
        }
        late.join();
        assertEquals(List.of(new Change('a', BOB)), between.changed());
        assertTrue(between.shown().running().length > 0, "that of Alice; other databases of the same server may add theirs");
        assertEquals(List.of(new Change('a', ALICE)), ask(between.shown()).changed(), "though its transaction began before Bob's");
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        Snapshot begin = ask(null).shown();
        try {
            database.transaction(() -> {
                touch(ALICE);
                throw new IllegalStateException("no");
            });
        } catch (IllegalStateException expected) {
            assertEquals("no", expected.getMessage());
        }
        assertEquals(List.of(), ask(begin).changed());
    }

    @Test
    void moreThanCanBeToldIsSaidToBeSo() {
        Snapshot begin = ask(null).shown();
        database.execute("insert into changed_row (kind, row_id) select 's', number from generate_series(1, 2000) as number");
        assertEquals(2_000, ask(begin).changed().size());
        database.execute("insert into changed_row (kind, row_id) values ('s', 1)");
        assertNull(ask(begin).changed());
    }

    @Test
    void changesAreForgottenWhenAllHadEndedLongBefore() {
        touch(ALICE);
        store.trim(15);
        touch(BOB);
        store.trim(15);
        assertEquals(2, changes(), "nothing is old");
        database.execute("update changed_row_horizon set at = at - interval '16 minutes' where at = (select min(at) from changed_row_horizon)");
        store.trim(15);
        assertEquals(1, changes(), "Bob's came after the first horizon");
        database.execute("update changed_row_horizon set at = at - interval '16 minutes'");
        store.trim(15);
        assertEquals(0, changes());
        assertTrue(database.first("select count(*) from changed_row_horizon", row -> row.getLong(0)).orElseThrow() <= 3, "horizons go too");
    }

    /** It may tell of somebody who asked before it began and asks again after it ended. */
    @Test
    void whatALongTransactionChangedOutlivesTheHorizonOfItsBeginning() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch trimmed = new CountDownLatch(1);
        Thread slow = Thread.startVirtualThread(() -> database.transaction(() -> {
            touch(ALICE);
            written.countDown();
            try {
                trimmed.await();
            } catch (InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }));
        try {
            written.await();
            store.trim(15);
            database.execute("update changed_row_horizon set at = at - interval '16 minutes'");
        } finally {
            trimmed.countDown();
        }
        slow.join();
        store.trim(15);
        assertEquals(1, changes());
    }

    private long changes() {
        return database.first("select count(*) from changed_row", row -> row.getLong(0)).orElseThrow();
    }

    /** Whether the plan is made while the table is empty or when it has grown, however few changes are told, for however many. */
    @Test
    void changesAreFoundByTheirIndexAndThePlanIsKept() {
        PageQuery many = PageQuery.ofMany("select status_id from home_entry where account_id = $1 and status_id < $2 and status_id > $3 order by status_id desc limit 30", List.of());
        database.transaction(() -> {
            assertKeptAndIndexed("bigint, bigint, bigint, int, text, text[]", NOBODY, "1, null, null, 20, '9000000', array['600']");
            assertKeptAndIndexed("bigint[], bigint[], bigint[], text, text[]", many.sql(), "array[1, 2], array[9, 9], array[0, 0], '9000000', array['600']");
            database.execute("insert into changed_row (kind, row_id) select 's', number from generate_series(1, 50000) as number");
            database.execute("analyze changed_row");
            assertKeptAndIndexed("bigint, bigint, bigint, int, text, text[]", NOBODY, "1, null, null, 20, '9000000', array['600']");
            assertKeptAndIndexed("bigint[], bigint[], bigint[], text, text[]", many.sql(), "array[1, 2], array[9, 9], array[0, 0], '9000000', array['600']");
            database.execute("delete from changed_row");
        });
    }

    /** Nor does a time of many changes leave something behind: their index stays as large as it was, when they are long gone. */
    @Test
    void changesAreFoundByTheirIndexAfterATimeOfMany() {
        database.execute("insert into changed_row (kind, row_id) select 's', number from generate_series(1, 300000) as number");
        database.execute("delete from changed_row");
        database.execute("vacuum changed_row");
        database.execute("insert into changed_row (kind, row_id, transaction) select 's', number, (1000 + number)::text::xid8 from generate_series(1, 3000) as number");
        database.execute("vacuum analyze changed_row");
        database.transaction(() -> assertKeptAndIndexed("bigint, bigint, bigint, int, text, text[]", NOBODY, "1, null, null, 20, '9000000', array['600']"));
    }

    private void assertKeptAndIndexed(String types, String sql, String values) {
        database.execute("prepare telling (" + types + ") as " + sql);
        String execute = "execute telling (" + values + ")";
        for (int time = 0; time < 8; time++) {
            database.execute(execute);
        }
        assertTrue(database.exists("select from pg_prepared_statements where name = 'telling' and generic_plans > 0"), "planned anew for every question");
        String plan = String.join("\n", database.list("explain " + execute, row -> row.getString(0)));
        assertFalse(plan.contains("Seq Scan"), plan);
        assertEquals(2, plan.split("changed_row_of_transaction", -1).length - 1, plan);
        database.execute("deallocate telling");
    }

    @Test
    void severalPagesAreToldOfChangesOnce() {
        PageQuery query = PageQuery.ofMany("select id from account where id = $1 and id < $2 and id > $3 and $5::text = username and $6 = id limit 1", List.of("text", "bigint"));
        Snapshot begin = ask(null).shown();
        touch(BOB);
        List<RecallStore.Answer> answers = store.ask(query, begin, List.of(new Object[] {BOB, Long.MAX_VALUE, 0L, 20, "bob", BOB}, new Object[] {ALICE, Long.MAX_VALUE, 0L, 20, "alice", ALICE},
            new Object[] {null, Long.MAX_VALUE, 0L, 20, null, null}));
        assertEquals(List.of(List.of(BOB), List.of(ALICE), List.of()), answers.stream().map(answer -> List.of(answer.ids())).toList());
        answers.forEach(answer -> assertEquals(List.of(new Change('a', BOB)), answer.changed()));
    }
}
