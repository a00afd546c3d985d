package social.dunlin.media.worker.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
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
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.id.Host;
import social.dunlin.media.MediaLimits;
import social.dunlin.media.blob.BlobStat;
import social.dunlin.media.blob.DiskBlobStore;
import social.dunlin.media.cache.CacheUpkeep;
import social.dunlin.media.cache.CachedMediaStore;
import social.dunlin.media.cache.RemoteMediaCache;
import social.dunlin.media.cache.RemoteMediaJob;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.MediaProxy;
import social.dunlin.media.proxy.MediaRejections;
import social.dunlin.media.proxy.ProxiedMedia;
import social.dunlin.media.proxy.ProxyAnswer;
import social.dunlin.media.proxy.ProxyAnswer.Found;
import social.dunlin.media.proxy.ProxyQuestion;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.media.worker.engine.JavaEngine;
import social.dunlin.media.worker.engine.NoEngine;
import social.dunlin.media.worker.engine.PictureEngine;
import social.dunlin.media.worker.program.DecodingTurns;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.Jobs;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.SamplePictures;
import social.dunlin.testing.TestConfiguration;
import social.dunlin.testing.Village;

/** What readers get of other servers' pictures: the whole at first, then what is small enough or at rest. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RenditionMakerTest {
    private static final byte[] LARGE = SamplePictures.bytes(SamplePictures.gradient(1_200, 900), "jpg");

    @TempDir
    static Path folder;
    private final FakeFediverse fediverse = new FakeFediverse();
    private Database database;
    private Domain domain;
    private GuardedHttpClient client;
    private MediaRejections rejections;
    private MediaAddresses addresses;
    private DiskBlobStore disk;
    private CachedMediaStore store;
    private CacheUpkeep upkeep;
    private RemoteMediaCache cache;
    private MediaProxy proxy;
    private int pictures;

    @BeforeAll
    void settle(Database given, Vertx vertx, PgConnectOptions options) {
        database = given;
        EventBus events = EventBus.of(database, vertx, options, true);
        Village village = Village.settle(database);
        domain = village.domains().defaultDomain();
        rejections = new MediaRejections(database, events);
        addresses = ProxiedMedia.addresses(database, rejections, village.domains());
        client = fediverse.client(vertx, host -> false);
        disk = new DiskBlobStore(folder.resolve("media"), 0);
        store = new CachedMediaStore(database);
        DunlinConfiguration configuration = configuration();
        upkeep = new CacheUpkeep(store, disk, rejections, configuration);
        cache = new RemoteMediaCache(store, disk, upkeep, client, new FetchFailures(database), addresses, Jobs.of(database, events), configuration);
        proxy = ProxiedMedia.proxy(database, addresses, client, cache);
    }

    private static DunlinConfiguration configuration() {
        return TestConfiguration.of(Map.of("dunlin.data.dir", folder.toString(), "dunlin.media.picture-megapixels", "2"));
    }

    @AfterAll
    void close() {
        client.close();
        fediverse.close();
    }

    @BeforeEach
    void forget() throws IOException {
        disk.delete(disk.list("remote", Optional.empty(), 1000).stream().map(BlobStat::key).toList());
        database.execute("delete from job");
        database.execute("delete from cached_blob");
    }

    private String serve(String name, String type, byte[] bytes) {
        String url = fediverse.url("far", "/" + pictures++ + name);
        fediverse.file(url, type, bytes);
        return url;
    }

    /** What a browser gets at the address. */
    private record Seen(byte[] bytes, Map<String, String> headers) {
        boolean isForAWhile() {
            return headers.containsKey("Cache-Control");
        }
    }

    private Seen look(String url, Rendition rendition) throws IOException {
        String address = addresses.of(url, "", domain, rendition);
        Map<String, String> query = new TreeMap<>();
        for (String pair : address.substring(address.indexOf('?') + 1).split("&")) {
            query.put(pair.substring(0, pair.indexOf('=')), URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8));
        }
        Found found = assertInstanceOf(Found.class, proxy.answer(new ProxyQuestion(query.get("url"), "", Rendition.tryParse(query.getOrDefault("as", "")).orElseThrow(),
            query.get("sig"), null, null, null)));
        Buffer all = Buffer.buffer();
        try (ProxyAnswer.Body body = found.body()) {
            for (Buffer piece = body.next(); piece != null; piece = body.next()) {
                all.appendBuffer(piece);
            }
        }
        return new Seen(all.getBytes(), found.headers());
    }

    /** Does what waits, as a worker with that engine does. */
    private int work(PictureEngine engine) throws Exception {
        RemoteMediaHandler handler = new RemoteMediaHandler(cache, new RenditionMaker(cache, engine, new MediaLimits(configuration()), new DecodingTurns(configuration())));
        List<String> payloads = database.list("delete from job where kind = $1 returning payload", row -> row.getString("payload"), RemoteMediaJob.KIND);
        for (String payload : payloads) {
            handler.handle(new JobRun(1, RemoteMediaJob.KIND, payload, 1, ""));
        }
        return payloads.size();
    }

    private int work() throws Exception {
        return work(JavaEngine.find().orElseThrow());
    }

    @Test
    void aLargePictureIsShownSmallOnceItIsCopied() throws Exception {
        String url = serve("large.jpg", "image/jpeg", LARGE);
        Seen first = look(url, Rendition.PREVIEW);
        assertArrayEquals(LARGE, first.bytes());
        assertTrue(first.isForAWhile());
        assertEquals(1, work());
        Seen small = look(url, Rendition.PREVIEW);
        assertEquals(600, ImageIO.read(new ByteArrayInputStream(small.bytes())).getWidth());
        assertTrue(small.bytes().length < LARGE.length);
        assertFalse(small.isForAWhile());
        assertArrayEquals(LARGE, look(url, Rendition.WHOLE).bytes());
        assertEquals(2, fediverse.count(url), "the first reader and the copy");
        assertEquals(0, work());
    }

    @Test
    void aCopyThatIsThereAlreadyIsMadeSmallWithoutItsOrigin() throws Exception {
        String url = serve("whole.jpg", "image/jpeg", LARGE);
        look(url, Rendition.WHOLE);
        work();
        assertTrue(look(url, Rendition.PREVIEW).isForAWhile());
        assertEquals(1, work());
        assertNotEquals(LARGE.length, look(url, Rendition.PREVIEW).bytes().length);
        assertEquals(2, fediverse.count(url));
    }

    @Test
    void whatMovesIsShownAtRest() throws Exception {
        for (Map.Entry<String, byte[]> moving : Map.of("moving.gif", SamplePictures.tellingGif(60, 60, 3), "moving.webp", SamplePictures.movingWebp()).entrySet()) {
            String url = serve(moving.getKey(), "image/" + moving.getKey().replaceFirst(".*\\.", ""), moving.getValue());
            look(url, Rendition.STILL);
            work(new NoEngine());
            assertTrue(look(url, Rendition.STILL).bytes().length < moving.getValue().length, moving.getKey());
            assertFalse(SamplePictures.tells(look(url, Rendition.STILL).bytes()));
            assertArrayEquals(moving.getValue(), look(url, Rendition.WHOLE).bytes());
        }
    }

    /** Row 80 of the hostile inputs, and files that are not what their server says. */
    @Test
    void hostileInput80_whatGainsNothingOrCannotBeMadeIsShownAsItIs() throws Exception {
        byte[] small = SamplePictures.bytes(SamplePictures.quarters(40, 40), "png");
        for (Map.Entry<String, byte[]> picture : Map.of("small.png", small, "bomb.png", SamplePictures.pngOfSize(60_000, 60_000), "broken.png", Arrays.copyOf(small, 60),
                "undecodable.png", SamplePictures.pngOfSize(1_200, 1_200), "liar.png", LARGE, "none.png", "<svg/>".getBytes()).entrySet()) {
            String url = serve(picture.getKey(), "image/png", picture.getValue());
            for (Rendition rendition : List.of(Rendition.PREVIEW, Rendition.STILL)) {
                look(url, rendition);
                work();
                Seen seen = look(url, rendition);
                assertArrayEquals(picture.getValue(), seen.bytes(), picture.getKey());
                assertFalse(seen.isForAWhile(), picture.getKey());
                assertEquals(0, work(), "not tried again: " + picture.getKey());
            }
        }
        assertEquals(6, store.count(), "each kept once");
    }

    @Test
    void withoutAnEngineNothingIsMadeSmall() throws Exception {
        String url = serve("none.jpg", "image/jpeg", LARGE);
        look(url, Rendition.PREVIEW);
        work(new NoEngine());
        assertArrayEquals(LARGE, look(url, Rendition.PREVIEW).bytes());
    }

    @Test
    void theSmallOneStaysWhenTheWholeHasGoneAndBothGoWithTheirServer() throws Exception {
        String url = serve("evicted.jpg", "image/jpeg", LARGE);
        look(url, Rendition.PREVIEW);
        work();
        byte[] small = look(url, Rendition.PREVIEW).bytes();
        database.execute("update cached_blob set used_at = now() - interval '100 days' where size = $1", (long) LARGE.length);
        assertEquals(LARGE.length, upkeep.prune(30).bytes());
        assertArrayEquals(small, look(url, Rendition.PREVIEW).bytes());
        assertEquals(2, fediverse.count(url));
        database.execute("update cached_blob set stored_at = now() - interval '2 hours'");
        rejections.reject(Host.parse("far.example"));
        try {
            upkeep.prune(30);
            assertEquals(0, store.count());
        } finally {
            rejections.accept(Host.parse("far.example"));
        }
    }
}
