package social.dunlin.media.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.proxy.ProxyAnswer;
import social.dunlin.media.proxy.ProxyAnswer.Found;
import social.dunlin.media.proxy.ProxyQuestion;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.testing.Village;

/** Copies of other servers' media: taken after the first reader, or ahead, and given to the others. */
class RemoteMediaCacheTest extends CacheWorld {
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
