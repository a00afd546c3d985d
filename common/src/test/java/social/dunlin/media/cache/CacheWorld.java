package social.dunlin.media.cache;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
import social.dunlin.queue.Jobs;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.TestConfiguration;
import social.dunlin.testing.Village;

/** An installation that copies media of other servers, and such a server. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CacheWorld {
    static final String PICTURE = "a picture of a hundred letters or so ".repeat(3);

    private Path folder;
    Database database;
    private EventBus events;
    private Village village;
    Domain domain;
    private GuardedHttpClient client;
    final FakeFediverse fediverse = new FakeFediverse();
    MediaRejections rejections;
    MediaAddresses addresses;
    DiskBlobStore disk;
    private int pictures;

    /** The parts of one installation with some settings. */
    final class Node {
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
    void settle(Database given, Vertx vertx, PgConnectOptions options, @TempDir Path files) {
        folder = files;
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

    List<RemoteMediaJob> waiting() {
        return database.list("select payload from job where kind = 'remote_media' order by id", row -> RemoteMediaJob.read(row.getString("payload")));
    }

    static Map<String, String> query(String address) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : address.substring(address.indexOf('?') + 1).split("&")) {
            query.put(pair.substring(0, pair.indexOf('=')), java.net.URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), java.nio.charset.StandardCharsets.UTF_8));
        }
        return query;
    }

    String picture(String body) {
        String url = fediverse.url("far", "/cached-" + pictures++ + ".png");
        fediverse.answer(url, request -> new Answer(200, "image/png", body, Map.of()));
        return url;
    }

    /** A disk that is full when so many bytes lie there, or short of so many when that is negative. */
    static class Narrow implements BlobStore {
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
}
