package social.dunlin.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import social.dunlin.recall.Memory.Change;

/** What is remembered is as new as the latest answer, in whichever order answers and readings end. */
class MemoryTest {
    private static final long LONG = Duration.ofMinutes(5).toNanos();

    private final Memory memory = new Memory(1 << 20);

    private static Snapshot snapshot(long next, long... running) {
        return new Snapshot(next, running);
    }

    private void put(long id, long before) {
        memory.put(memory.posts, 's', id, RecalledPost.gone(id), before);
    }

    private RecalledPost post(long id) {
        return memory.get(memory.posts, id);
    }

    @Test
    void snapshotsAreReadAsPostgresWritesThem() {
        Snapshot quiet = Snapshot.parse("740:740:");
        assertEquals(740, quiet.next());
        assertEquals(0, quiet.running().length);
        Snapshot busy = Snapshot.parse("740:748:740,744");
        assertEquals(List.of(740L, 744L), LongStream.of(busy.running()).boxed().toList());
        assertTrue(busy.isLaterThan(quiet));
        assertTrue(Snapshot.parse("744:748:744").isLaterThan(busy), "one of those that were running has ended");
        assertFalse(busy.isLaterThan(busy));
    }

    @Test
    void whatChangedIsForgottenAndTheRestIsKept() {
        assertTrue(memory.tell(null, snapshot(10), List.of(), 0));
        put(1, memory.round());
        put(2, memory.round());
        assertTrue(memory.tell(snapshot(10), snapshot(12), List.of(new Change('s', 1), new Change('a', 2)), 0));
        assertNull(post(1));
        assertNotNull(post(2), "an account with the same number is another row");
    }

    @Test
    void whatWasReadBeforeAChangeIsNotKeptAfterIt() {
        memory.tell(null, snapshot(10), List.of(), 0);
        long before = memory.round();
        memory.tell(snapshot(10), snapshot(12), List.of(new Change('s', 1)), 0);
        put(1, before);
        put(2, before);
        assertNull(post(1));
        assertNotNull(post(2));
        put(1, memory.round());
        assertNotNull(post(1), "read after the change");
    }

    @Test
    void whatWasReadBeforeChangesTooManyToRememberIsNotKept() {
        memory.tell(null, snapshot(10), List.of(), 0);
        long before = memory.round();
        memory.tell(snapshot(10), snapshot(12), LongStream.range(0, 5_000).mapToObj(id -> new Change('s', id)).toList(), 0);
        put(1, before);
        assertNull(post(1));
    }

    @Test
    void moreChangesThanCanBeToldForgetAll() {
        memory.tell(null, snapshot(10), List.of(), 0);
        long before = memory.round();
        put(1, before);
        assertTrue(memory.tell(snapshot(10), snapshot(12), null, 0));
        put(2, before);
        assertNull(post(1));
        assertNull(post(2));
        assertEquals(12, memory.since(0, LONG).next());
    }

    @Test
    void whoHasNotAskedForLongBeginsAnew() {
        memory.tell(null, snapshot(10), List.of(), 0);
        put(1, memory.round());
        assertNotNull(memory.since(LONG, LONG));
        assertNotNull(post(1));
        assertNull(memory.since(LONG + 1, LONG));
        assertNull(post(1));
    }

    @Test
    void anAnswerOfAnEarlierSnapshotDoesNotTurnBackTheClock() {
        memory.tell(null, snapshot(10), List.of(), 0);
        assertTrue(memory.tell(snapshot(10), snapshot(14), List.of(), 0));
        assertTrue(memory.tell(snapshot(10), snapshot(12), List.of(), 0));
        assertEquals(14, memory.since(0, LONG).next());
    }

    @Test
    void twoWhoBeginAtOnceDoNotTrustEachOther() {
        assertTrue(memory.tell(null, snapshot(10), List.of(), 0));
        assertFalse(memory.tell(null, snapshot(12), List.of(), 0), "what the first has read meanwhile may have changed before 12");
        assertEquals(10, memory.since(0, LONG).next());
    }

    @Test
    void anotherDatabaseBehindTheSameAddressForgetsAll() {
        memory.tell(null, snapshot(1_000), List.of(), 0);
        put(1, memory.round());
        assertTrue(memory.tell(snapshot(1_000), snapshot(800), List.of(), 0), "a standby that was behind when it took over");
        assertNull(post(1));
        assertEquals(800, memory.since(0, LONG).next());
    }

    @Test
    void theLongestUnusedGoesFirst() {
        Memory small = new Memory(4_000);
        small.tell(null, snapshot(10), List.of(), 0);
        for (long id = 1; id <= 10; id++) {
            small.put(small.posts, 's', id, RecalledPost.gone(id), small.round());
        }
        assertNotNull(small.get(small.posts, 1));
        small.put(small.posts, 's', 11L, RecalledPost.gone(11), small.round());
        assertNotNull(small.get(small.posts, 1));
        assertNull(small.get(small.posts, 2));
    }
}
