package social.dunlin.media.cache;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.database.Database;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.proxy.Rendition;

/** SQL of the cache. */
@ApplicationScoped
public class CachedMediaStore {
    private final Database database;

    public CachedMediaStore(Database database) {
        this.database = database;
    }

    /** @param rendition what it is of its address; @param stale whether its time of use is to be written anew */
    record Kept(BlobKey key, long size, Rendition rendition, boolean stale) {
    }

    /** What is wished, or the whole. Index: cached_media's key. */
    Optional<Kept> find(String url, Rendition wished) {
        return database.first("""
            select cached_blob.blob, size, rendition, used_at < now() - interval '1 hour' as stale
            from cached_media join cached_blob using (blob) where url = $1 and rendition in ('', $2) order by rendition desc limit 1""",
            row -> new Kept(BlobKey.parse(row.getString("blob")), row.getLong("size"), Rendition.tryParse(row.getString("rendition")).orElseThrow(),
                row.getBoolean("stale")), url, wished.text());
    }

    void used(BlobKey key) {
        database.execute("update cached_blob set used_at = now() where blob = $1", key.toString());
    }

    void keep(String url, Rendition rendition, String host, String bringer, BlobKey key, long size) {
        database.transaction(() -> {
            database.execute("""
                insert into cached_blob (blob, size) values ($1, $2) on conflict (blob) do update set used_at = now()""", key.toString(), size);
            database.execute("""
                insert into cached_media (url, blob, host, brought_by, rendition) values ($1, $2, $3, $4, $5)
                on conflict (url, rendition) do update set blob = excluded.blob, brought_by = excluded.brought_by, fetched_at = now()""",
                url, key.toString(), host, bringer, rendition.text());
        });
    }

    void forget(BlobKey key) {
        database.execute("delete from cached_blob where blob = $1", key.toString());
    }

    public long bytes() {
        return database.first("select coalesce(sum(size), 0)::bigint as bytes from cached_blob", row -> row.getLong("bytes")).orElse(0L);
    }

    public long count() {
        return database.first("select count(*) as number from cached_blob", row -> row.getLong("number")).orElse(0L);
    }

    /** Takes out what nobody looked at for so many days, so many at most. Index: cached_blob_used. */
    List<Kept> takeOld(int days, int limit) {
        return database.list("""
            delete from cached_blob where blob = any(array(
              select blob from cached_blob where used_at < now() - make_interval(days => $1) order by used_at limit $2 for update skip locked))
            returning blob, size""", CachedMediaStore::kept, days, limit);
    }

    /** Takes out those that were used longest ago until so many bytes are made up for, five hundred at most. Index: cached_blob_used. */
    List<Kept> takeLeastUsed(long bytes) {
        return database.list("""
            delete from cached_blob where blob in (
              select blob from (
                select blob, sum(size) over (order by used_at, blob) - size as ahead
                from (select blob, size, used_at from cached_blob order by used_at, blob limit 500) oldest) ranked
              where ahead < $1::bigint)
            returning blob, size""", CachedMediaStore::kept, bytes);
    }

    /** Takes out what only addresses that are gone have shown. Index: cached_media_of_blob. */
    List<Kept> takeUnnamed(int limit) {
        return database.list("""
            delete from cached_blob where blob = any(array(
              select blob from cached_blob where stored_at < now() - interval '1 hour'
                and not exists (select from cached_media where cached_media.blob = cached_blob.blob) limit $1 for update skip locked))
            returning blob, size""", CachedMediaStore::kept, limit);
    }

    /** What is old, or shown by nobody whose media are shown. Tables are read from end to end, for somebody who asks. */
    Removed doomed(int days, Collection<String> rejected) {
        return database.first("""
            select count(*) as number, coalesce(sum(size), 0)::bigint as bytes from cached_blob
            where $1::int > 0 and used_at < now() - make_interval(days => $1) or not exists (
              select from cached_media where cached_media.blob = cached_blob.blob and not exists (
                select from unnest($2::text[]) as rejected (name)
                where host = rejected.name or host like '%.' || rejected.name
                   or brought_by = rejected.name or brought_by like '%.' || rejected.name))""",
            CachedMediaStore::removed, days, rejected.toArray(String[]::new)).orElseThrow();
    }

    /** Those used longest ago that make up for so many bytes, of what is not old. Index: cached_blob_used. */
    Removed leastUsed(long bytes, int days) {
        return database.first("""
            select count(*) as number, coalesce(sum(size), 0)::bigint as bytes from (
              select size, sum(size) over (order by used_at, blob) - size as ahead from cached_blob
              where $2::int = 0 or used_at >= now() - make_interval(days => $2)) ranked
            where ahead < $1::bigint""", CachedMediaStore::removed, bytes, days).orElseThrow();
    }

    private static Removed removed(Row row) {
        return new Removed(row.getLong("number"), row.getLong("bytes"));
    }

    private static Kept kept(Row row) {
        return new Kept(BlobKey.parse(row.getString("blob")), row.getLong("size"), Rendition.WHOLE, false);
    }

    /** Forgets what lies on these hosts or below, or was shown by somebody there. */
    void forgetHosts(Collection<String> hosts) {
        database.execute("""
            delete from cached_media using unnest($1::text[]) as rejected (name)
            where host = rejected.name or host like '%.' || rejected.name
               or brought_by = rejected.name or brought_by like '%.' || rejected.name""", (Object) hosts.toArray(String[]::new));
    }

    /** Which of these are named by a row. */
    List<String> known(Collection<BlobKey> keys) {
        return database.list("select blob from cached_blob where blob = any($1)", row -> row.getString("blob"),
            (Object) keys.stream().map(BlobKey::toString).toArray(String[]::new));
    }

    /** How far a walk has come; nothing before its first step. */
    OptionalLong position(String source) {
        return database.first("select position from cache_walk where source = $1", row -> row.getLong("position"), source)
            .map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    void walked(String source, long position) {
        database.execute("""
            insert into cache_walk (source, position) values ($1, $2) on conflict (source) do update set position = excluded.position""", source, position);
    }

    void beginWalkAnew() {
        database.execute("delete from cache_walk");
    }
}
