package social.dunlin.media.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.event.EventBus;
import social.dunlin.federation.fetch.FetchFailures;
import social.dunlin.federation.http.FakeFediverse;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.id.Host;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.blob.BlobContent;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.BlobStat;
import social.dunlin.media.blob.BlobStore;
import social.dunlin.media.blob.BlobStoreFull;
import social.dunlin.media.blob.DiskBlobStore;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.MediaProxy;
import social.dunlin.media.proxy.MediaRejections;
import social.dunlin.media.proxy.ProxiedMedia;
import social.dunlin.media.proxy.ProxyAnswer;
import social.dunlin.media.proxy.ProxyAnswer.Found;
import social.dunlin.media.proxy.ProxyQuestion;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.Jobs;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.TestConfiguration;
import social.dunlin.testing.Village;

/** Copies of other servers' media: taken after the first reader, given to the others, let go within their bounds. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteMediaCacheTest {
    private static final String PICTURE = "a picture of a hundred letters or so ".repeat(3);

    @TempDir
    static Path folder;
    private Database database;
    private EventBus events;
    private Village village;
    private Domain domain;
    private GuardedHttpClient client;
    private final FakeFediverse fediverse = new FakeFediverse();
    private MediaRejections rejections;
    private MediaAddresses addresses;
    private DiskBlobStore disk;
    private int pictures;

    /** The parts of one installation with some settings. */
    private final class Node {
        final CachedMediaStore store = new CachedMediaStore(database);
        final CacheUpkeep upkeep;
        final RemoteMediaCache cache;
        final MediaProxy proxy;
        final CacheWalk walk;

        Node(BlobStore blobs, String... settings) {
            Map<String, String> properties = new TreeMap<>(Map.of("dunlin.data.dir", folder.toString()));
            for (int i = 0; i < settings.length; i += 2) {
                properties.put("dunlin.remote-media." + settings[i], settings[i + 1]);
            }
            DunlinConfiguration configuration = TestConfiguration.of(properties);
            Jobs jobs = Jobs.of(database, events);
            upkeep = new CacheUpkeep(store, blobs, rejections, configuration);
            cache = new RemoteMediaCache(store, blobs, upkeep, client, new FetchFailures(database), addresses, jobs, configuration);
            proxy = ProxiedMedia.proxy(database, addresses, client, cache);
            walk = new CacheWalk(store, database, jobs, new MediaUrls(village.domains(), configuration), configuration);
        }

        ProxyAnswer ask(String url, String... header) {
            Map<String, String> query = query(addresses.of(url, "", domain));
            return proxy.answer(new ProxyQuestion(query.get("url"), "", Rendition.WHOLE, query.get("sig"), header.length > 0 ? header[0] : null,
                header.length > 1 ? header[1] : null, header.length > 2 ? header[2] : null));
        }

        String body(String url, String... header) throws IOException {
            Found found = assertInstanceOf(Found.class, ask(url, header));
            Buffer all = Buffer.buffer();
            try (ProxyAnswer.Body body = found.body()) {
                for (Buffer piece = body.next(); piece != null; piece = body.next()) {
                    all.appendBuffer(piece);
                }
            }
            return all.toString();
        }

        /** Does what waits, as a worker does. */
        void work() throws IOException {
            for (RemoteMediaJob job : waiting()) {
                cache.take(job);
            }
            database.execute("delete from job");
        }

        /** A reader looks, and a copy is taken. */
        void look(String url) throws IOException {
            body(url);
            work();
        }
    }

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        events = EventBus.of(database, vertx, options, true);
        village = Village.settle(database);
        domain = village.domains().defaultDomain();
        rejections = new MediaRejections(database, events);
        addresses = ProxiedMedia.addresses(database, rejections, village.domains());
        client = fediverse.client(vertx, host -> village.domains().isOwnHost(host.value()));
        disk = new DiskBlobStore(folder.resolve("media"), 0);
    }

    @BeforeEach
    @AfterEach
    void forget() throws IOException {
        disk.delete(disk.list("remote", Optional.empty(), 1000).stream().map(BlobStat::key).toList());
        database.execute("delete from job");
        database.execute("delete from cached_media");
        database.execute("delete from cached_blob");
        database.execute("delete from fetch_failure");
    }

    private List<RemoteMediaJob> waiting() {
        return database.list("select payload from job where kind = 'remote_media' order by id", row -> RemoteMediaJob.read(row.getString("payload")));
    }

    private static Map<String, String> query(String address) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : address.substring(address.indexOf('?') + 1).split("&")) {
            query.put(pair.substring(0, pair.indexOf('=')), java.net.URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), java.nio.charset.StandardCharsets.UTF_8));
        }
        return query;
    }

    private String picture(String body) {
        String url = fediverse.url("far", "/cached-" + pictures++ + ".png");
        fediverse.answer(url, request -> new Answer(200, "image/png", body, Map.of()));
        return url;
    }

    @Test
    void theFirstReaderWaitsForTheOriginAndTheOthersDoNot() throws Exception {
        Node node = new Node(disk);
        String url = picture(PICTURE);
        assertEquals(PICTURE, node.body(url));
        assertEquals(PICTURE, node.body(url));
        assertEquals(1, waiting().size(), "one job however many look");
        node.work();
        long asked = fediverse.count(url);
        assertEquals(PICTURE, node.body(url));
        Found found = (Found) node.ask(url);
        assertEquals("image/png", found.headers().get("Content-Type"));
        assertEquals(PICTURE.length(), found.length().orElseThrow());
        found.body().close();
        assertEquals(PICTURE.substring(2, 5), node.body(url, "bytes=2-4"));
        assertEquals(PICTURE.substring(PICTURE.length() - 3), node.body(url, "bytes=-3"));
        assertEquals(PICTURE.substring(100), node.body(url, "bytes=100-9999"));
        String tag = found.headers().get("ETag");
        assertEquals("bytes 2-4/" + PICTURE.length(), ((Found) node.ask(url, "bytes=2-4", tag)).headers().get("Content-Range"));
        assertEquals(PICTURE, node.body(url, "bytes=2-4", "\"another\""));
        assertEquals(new ProxyAnswer.Unchanged(tag), node.ask(url, null, null, tag));
        assertEquals(new ProxyAnswer.OutOfRange("bytes */" + PICTURE.length()), node.ask(url, "bytes=9999-"));
        fediverse.answer(url, request -> Answer.status(410));
        assertEquals(PICTURE, node.body(url));
        assertEquals(asked, fediverse.count(url));
        assertTrue(waiting().isEmpty());
    }

    @Test
    void whatManyAddressesShowIsKeptOnce() throws Exception {
        Node node = new Node(disk);
        String one = picture("the same");
        String other = picture("the same");
        node.look(one);
        node.look(other);
        assertEquals(1, node.store.count());
        assertEquals("the same".length(), node.store.bytes());
        assertEquals("the same", node.body(other));
    }

    @Test
    void whatIsGoneHereComesFromItsOriginAgain() throws Exception {
        Node node = new Node(disk);
        String url = picture("vanishing");
        node.look(url);
        disk.delete(List.of(node.cache.find(url, Rendition.WHOLE).orElseThrow().key()));
        assertEquals("vanishing", node.body(url));
        assertTrue(node.cache.find(url, Rendition.WHOLE).isEmpty());
        node.work();
        assertTrue(node.cache.find(url, Rendition.WHOLE).isPresent());
    }

    @Test
    void nothingIsKeptWhereThatIsNotWished() throws Exception {
        Node node = new Node(disk, "cache", "off");
        node.body(picture(PICTURE));
        assertTrue(waiting().isEmpty());
    }

    @Test
    void whatCannotBeHadIsLeftAlone() throws Exception {
        Node node = new Node(disk);
        String url = picture(PICTURE);
        node.body(url);
        fediverse.answer(url, request -> Answer.status(404));
        RemoteMediaJob job = waiting().getFirst();
        long before = fediverse.count(url);
        node.cache.take(job);
        node.cache.take(job);
        assertEquals(before + 1, fediverse.count(url));
        assertInstanceOf(ProxyAnswer.Missing.class, node.ask(url));
    }

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

    /** A disk that is full when so many bytes lie there, or short of so many when that is negative. */
    private static class Narrow implements BlobStore {
        private final BlobStore store;
        private final long limit;

        Narrow(BlobStore store, long limit) {
            this.store = store;
            this.limit = limit;
        }

        @Override
        public void put(BlobKey key, BlobContent content) throws IOException {
            long used = store.list(key.kind(), Optional.empty(), 1000).stream().filter(blob -> blob.size() == 1_000).mapToLong(BlobStat::size).sum();
            if (used + content.size() > limit) {
                throw new BlobStoreFull("full");
            }
            store.put(key, content);
        }

        @Override
        public Optional<InputStream> open(BlobKey key, long offset, long length) throws IOException {
            return store.open(key, offset, length);
        }

        @Override
        public Optional<BlobStat> stat(BlobKey key) throws IOException {
            return store.stat(key);
        }

        @Override
        public void delete(Collection<BlobKey> keys) throws IOException {
            store.delete(keys);
        }

        @Override
        public List<BlobStat> list(String kind, Optional<BlobKey> after, int limit) throws IOException {
            return store.list(kind, after, limit);
        }

        @Override
        public Set<String> kinds() throws IOException {
            return store.kinds();
        }

        @Override
        public long shortage() {
            return Math.max(0, -limit);
        }
    }

    /** A bucket that readers may ask themselves does not have its bytes pass through here, be they of uploads or of copies. */
    @Test
    void readersFetchCopiesWhereTheyFetchUploads() throws Exception {
        Node node = new Node(new Narrow(disk, Long.MAX_VALUE) {
            @Override
            public Optional<String> address(BlobKey key) {
                return Optional.of("https://bucket.example/" + key);
            }
        });
        String url = picture("elsewhere");
        assertEquals("elsewhere", node.body(url), "until there is a copy it is handed on");
        node.work();
        String key = node.cache.find(url, Rendition.WHOLE).orElseThrow().key().toString();
        assertEquals(new ProxyAnswer.Elsewhere("https://bucket.example/" + key, "public, max-age=1800"), node.ask(url, "bytes=2-4"));
        Map<String, String> small = query(addresses.of(url, "", domain, Rendition.PREVIEW));
        assertEquals(new ProxyAnswer.Elsewhere("https://bucket.example/" + key, "public, max-age=600"),
            node.proxy.answer(new ProxyQuestion(url, "", Rendition.PREVIEW, small.get("sig"), null, null, null)));
        assertEquals(List.of(Rendition.PREVIEW), waiting().stream().map(RemoteMediaJob::rendition).toList());
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

    @Test
    void everythingIsFetchedAheadWhereThatIsWished() throws Exception {
        Node eager = new Node(disk, "cache", "eager");
        database.execute("update account set avatar_remote_url = 'https://far.example/avatar.png', header_remote_url = null where id = $1", Village.FRIDA);
        database.execute("insert into custom_emoji (host, shortcode, url, static_url) values ('far.example', 'w', 'https://far.example/w.png', 'https://far.example/w.png')");
        database.execute("insert into preview_card (url, state, image_url) values ('https://news.example/', 'ready', 'https://news.example/i.png')");
        database.execute("insert into media_attachment (id, account_id, type, remote_url) values (71, $1, 'image', 'https://far.example/71.png')", Village.FRIDA);
        eager.walk.run();
        List<String> wished = waiting().stream().map(RemoteMediaJob::url).toList();
        assertTrue(wished.containsAll(List.of("https://far.example/avatar.png", "https://far.example/w.png", "https://news.example/i.png", "https://far.example/71.png")),
            wished.toString());
        assertEquals(List.of(Rendition.STILL, Rendition.STILL, Rendition.PREVIEW, Rendition.PREVIEW),
            List.of("avatar.png", "w.png", "i.png", "71.png").stream().map(name -> waiting().stream().filter(job -> job.url().endsWith("/" + name)).findFirst().orElseThrow().rendition()).toList());
        database.execute("delete from job");
        eager.walk.run();
        assertTrue(waiting().isEmpty(), "nothing twice");
        database.execute("insert into media_attachment (id, account_id, type, remote_url) values (72, $1, 'image', 'https://far.example/72.png')", Village.FRIDA);
        eager.walk.run();
        assertEquals(List.of("https://far.example/72.png"), waiting().stream().map(RemoteMediaJob::url).toList());
        database.execute("delete from job");
        new Node(disk).walk.run();
        assertFalse(database.first("select 1 as one from cache_walk", row -> row.getInteger("one")).isPresent());
        eager.walk.run();
        assertTrue(waiting().size() >= 5, "from the beginning when the wish is new");
    }
}
