package social.dunlin.media.cache;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.MediaConfiguration.CacheMode;
import social.dunlin.database.Database;
import social.dunlin.id.ObjectUri;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.queue.Jobs;

/**
 * Where the settings wish everything fetched ahead: walks over what other servers' people have shown here and leaves a job
 * for each address, from the beginning when the wish is new and then behind what arrives. Its position is written with the
 * jobs, so a killed process goes on where it was.
 */
@ApplicationScoped
public class CacheWalk {
    private static final int STEP = 200;
    /** No more than so many wait, or the queue would hold the whole of a large database. */
    private static final int MOST_WAITING = 2_000;
    /** Each gives id, address, the server of whoever showed it and what is shown of it, in the order of ids from behind one on. */
    private static final List<Source> SOURCES = List.of(
        new Source("attachments", """
            select media.id, case when account.domain_id is null then address end as url, account.host as bringer, rendition from (
              select id, account_id, array_remove(array[remote_url, remote_preview_url], null) as urls,
                case when type = 'image' and remote_preview_url is null then 'preview' else '' end as rendition
              from media_attachment where id > $1 order by id limit $2) media
            join account on account.id = media.account_id
            left join lateral unnest(urls) as shown (address) on true
            order by media.id"""),
        new Source("accounts", """
            select id, address as url, host as bringer, 'still' as rendition from (
              select id, host, array_remove(array[avatar_remote_url, header_remote_url], null) as urls from account
              where id > $1 and domain_id is null order by id limit $2) person
            left join lateral unnest(urls) as shown (address) on true
            order by id"""),
        new Source("emoji", """
            select id, url, host as bringer, 'still' as rendition from custom_emoji where id > $1 and host <> '' order by id limit $2"""),
        new Source("cards", """
            select id, image_url as url, '' as bringer, 'preview' as rendition from preview_card where id > $1 and state = 'ready' order by id limit $2"""));

    private final CachedMediaStore store;
    private final Database database;
    private final Jobs jobs;
    private final MediaUrls urls;
    private final DunlinConfiguration configuration;

    public CacheWalk(CachedMediaStore store, Database database, Jobs jobs, MediaUrls urls, DunlinConfiguration configuration) {
        this.store = store;
        this.database = database;
        this.jobs = jobs;
        this.urls = urls;
        this.configuration = configuration;
    }

    private record Source(String name, String sql) {
    }

    private record Shown(long id, String url, String bringer, Rendition rendition) {
    }

    /** A stretch of the way; nothing where it is not wished. */
    public void run() {
        if (configuration.remoteMedia().cache() != CacheMode.EAGER) {
            store.beginWalkAnew();
            return;
        }
        SOURCES.forEach(source -> {
            while (waiting() < MOST_WAITING && step(source)) {
                Thread.yield();
            }
        });
    }

    private long waiting() {
        return database.first("select count(*) as number from job where kind = $1", row -> row.getLong("number"), RemoteMediaJob.KIND).orElse(0L);
    }

    /** Whether there may be more. */
    private boolean step(Source source) {
        return database.transaction(() -> {
            long from = store.position(source.name()).orElse(0);
            List<Shown> shown = database.list(source.sql(), CacheWalk::shown, from, STEP);
            if (shown.isEmpty()) {
                return false;
            }
            jobs.enqueueAll(shown.stream().flatMap(this::job).map(RemoteMediaJob::toJob).toList());
            store.walked(source.name(), shown.getLast().id());
            return true;
        });
    }

    private static Shown shown(Row row) {
        return new Shown(row.getLong("id"), row.getString("url"), row.getString("bringer"), Rendition.tryParse(row.getString("rendition")).orElseThrow());
    }

    private Stream<RemoteMediaJob> job(Shown shown) {
        return Stream.ofNullable(shown.url()).flatMap(url -> ObjectUri.tryParse(url).stream()).map(ObjectUri::withoutFragment)
            .filter(uri -> !urls.isOwnHost(uri.host())).map(uri -> new RemoteMediaJob(uri.value(), shown.bringer(), shown.rendition().of(uri)));
    }
}
