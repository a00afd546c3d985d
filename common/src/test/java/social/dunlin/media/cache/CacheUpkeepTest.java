package social.dunlin.media.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import social.dunlin.id.Host;
import social.dunlin.media.blob.BlobContent;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.proxy.ProxyAnswer;
import social.dunlin.media.proxy.ProxyQuestion;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.queue.JobFailure;

/** Copies of other servers' media are let go: within their bounds, before the disk is full, and with their server. */
class CacheUpkeepTest extends CacheWorld {
    @Test
    void copiesNobodyLooksAtGoAndThenThoseLookedAtLongestAgo() throws Exception {
        Node node = new Node(disk, "cache-megabytes", "10", "cache-days", "7");
        String old = picture("old");
        String rare = picture("r".repeat(900_000));
        String usual = picture("u".repeat(900_000));
        for (String url : List.of(old, rare, usual)) {
            node.look(url);
        }
        BlobKey oldBlob = used(node, old, 8);
        BlobKey rareBlob = used(node, rare, 6);
        BlobKey usualBlob = used(node, usual, 2);
        assertEquals(new Removed(1, 3), node.upkeep.expected(7));
        assertEquals(new Removed(1, 3), node.upkeep.prune(7));
        assertTrue(disk.stat(oldBlob).isEmpty() && disk.stat(rareBlob).isPresent());
        database.execute("insert into cached_blob (blob, size, used_at) values ('remote/aaaaaaaaaaaaaaaa.png', $1, now())", (10L << 20) - 1_000_000);
        database.execute("insert into cached_media (url, blob, host) values ('https://far.example/large', 'remote/aaaaaaaaaaaaaaaa.png', 'far.example')");
        database.execute("update cached_blob set size = 900000 where blob <> 'remote/aaaaaaaaaaaaaaaa.png'");
        assertEquals(new Removed(1, 900_000), node.upkeep.expected(7));
        node.upkeep.run();
        assertTrue(node.store.bytes() <= 10L << 20);
        assertTrue(disk.stat(rareBlob).isEmpty(), "used longest ago");
        assertTrue(disk.stat(usualBlob).isPresent(), "no more than has to");
    }

    private BlobKey used(Node node, String url, int daysAgo) {
        BlobKey key = node.cache.find(url, Rendition.WHOLE).orElseThrow().key();
        database.execute("update cached_blob set used_at = now() - make_interval(days => $2) where blob = $1", key.toString(), daysAgo);
        return key;
    }

    @Test
    void lookingAtACopyKeepsIt() throws Exception {
        Node node = new Node(disk);
        String url = picture("kept");
        node.look(url);
        used(node, url, 20);
        assertEquals("kept", node.body(url));
        assertEquals(0, node.upkeep.prune(7).blobs());
    }

    @Test
    void aFullDiskMakesRoomOfCopiesAndOfNothingElse() throws Exception {
        Narrow narrow = new Narrow(disk, 1_500);
        Node node = new Node(narrow);
        String first = picture("1".repeat(1_000));
        String second = picture("2".repeat(1_000));
        node.look(first);
        node.look(second);
        assertTrue(node.cache.find(first, Rendition.WHOLE).isEmpty());
        assertEquals("2".repeat(1_000), node.body(second));
        database.execute("delete from cached_media");
        database.execute("delete from cached_blob");
        String third = picture("3".repeat(1_000));
        node.body(third);
        assertThrows(JobFailure.class, () -> node.cache.take(waiting().getFirst()));
        assertEquals("3".repeat(1_000), node.body(third), "from its origin");
    }

    @Test
    void copiesGiveWayBeforeTheDiskIsFull() throws Exception {
        String one = picture("4".repeat(1_000));
        String two = picture("5".repeat(1_000));
        Node node = new Node(disk);
        node.look(one);
        node.look(two);
        used(node, one, 3);
        assertEquals(new Removed(0, 0), node.upkeep.prune(7));
        assertEquals(new Removed(1, 1_000), new Node(new Narrow(disk, -500)).upkeep.prune(7));
        assertTrue(node.cache.find(one, Rendition.WHOLE).isEmpty() && node.cache.find(two, Rendition.WHOLE).isPresent());
    }

    @Test
    void copiesOfARejectedServerGo() throws Exception {
        Node node = new Node(disk);
        String url = picture("rejected");
        node.look(url);
        BlobKey key = node.cache.find(url, Rendition.WHOLE).orElseThrow().key();
        database.execute("update cached_blob set stored_at = now() - interval '2 hours'");
        Map<String, String> query = query(addresses.of(url, "", domain));
        rejections.reject(Host.parse("far.example"));
        try {
            assertInstanceOf(ProxyAnswer.Missing.class, node.proxy.answer(new ProxyQuestion(url, "", Rendition.WHOLE, query.get("sig"), null, null, null)));
            node.cache.take(new RemoteMediaJob(picture("never fetched"), "", Rendition.WHOLE));
            assertEquals(1, node.store.count());
            assertEquals(1, node.upkeep.expected(7).blobs());
            node.upkeep.run();
            assertTrue(disk.stat(key).isEmpty());
            assertEquals(0, node.store.count());
        } finally {
            rejections.accept(Host.parse("far.example"));
        }
    }

    @Test
    void bytesThatAKilledProcessLeftAreFoundWhenTheyAreOld() throws Exception {
        Node node = new Node(disk);
        BlobContent content = BlobContent.of("stray".getBytes());
        BlobKey old = new BlobKey("remote", "0".repeat(40), "png");
        BlobKey young = new BlobKey("remote", "1".repeat(40), "png");
        disk.put(old, content);
        disk.put(young, content);
        Files.setLastModifiedTime(disk.file(old).orElseThrow(), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        node.upkeep.run();
        assertTrue(disk.stat(old).isEmpty());
        assertTrue(disk.stat(young).isPresent());
        disk.delete(List.of(young));
    }
}
