package social.dunlin.media;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import social.dunlin.database.Database;
import social.dunlin.media.blob.BlobKey;

/** SQL of tidying up. */
@ApplicationScoped
public class MediaUpkeepStore {
    private final Database database;

    public MediaUpkeepStore(Database database) {
        this.database = database;
    }

    /** A record and the blobs it names; of an account the avatar and the header. Each may be null. */
    record Named(long id, String blob, String previewBlob) {
    }

    /** Index: unused_blob_age. */
    List<BlobKey> unused(int limit) {
        return database.list("select key from unused_blob order by since limit $1", row -> row.getString("key"), limit).stream()
            .flatMap(key -> BlobKey.tryParse(key).stream()).toList();
    }

    /** What is no key was never a blob and goes too. */
    void forget(Collection<BlobKey> keys) {
        database.execute("delete from unused_blob where key = any($1)", (Object) texts(keys));
    }

    /** Index: media_attachment_unattached. */
    int countStale(Instant before) {
        return database.first("""
            select count(*)::int as stale from media_attachment
            where status_id is null and scheduled_status_id is null and created_at < $1""", row -> row.getInteger("stale"), before).orElse(0);
    }

    /** Uploads that nobody posted; indexes: media_attachment_unattached, media_upload_age. */
    int deleteStale(Instant before, int atMost) {
        int deleted = database.execute("""
            delete from media_attachment where ctid = any(array(
              select ctid from media_attachment
              where status_id is null and scheduled_status_id is null and created_at < $1 limit $2 for update skip locked))""", before, atMost);
        database.execute("delete from media_upload where created_at < $1", before);
        return deleted;
    }

    /** Those of the keys that some record names. Indexes: those of 0040. */
    Set<String> named(Collection<BlobKey> keys) {
        Set<String> found = new HashSet<>(database.list("""
            select key from unnest($1::text[]) as key
            where exists (select from media_attachment where blob = key) or exists (select from media_attachment where preview_blob = key)
              or exists (select from media_upload where blob = key)
              or exists (select from account where avatar_blob in (key, replace(key, 'still/', 'moving/')))
              or exists (select from account where header_blob in (key, replace(key, 'still/', 'moving/')))""",
            row -> row.getString("key"), (Object) texts(keys)));
        database.list("""
            select substring(address from '/media/(.+)$') as key
            from custom_emoji cross join unnest(array[url, static_url]) as address where host = ''""", row -> row.getString("key"))
            .forEach(found::add);
        return found;
    }

    /** Attachments with files, in the order of their ids. */
    List<Named> attachments(long afterId, int limit) {
        return database.list("""
            select id, blob, preview_blob from media_attachment where blob is not null and id > $1 order by id limit $2""",
            row -> new Named(row.getLong("id"), row.getString("blob"), row.getString("preview_blob")), afterId, limit);
    }

    /** Accounts with an avatar or header of ours, in the order of their ids. All accounts are read, for somebody who asks. */
    List<Named> profilePictures(long afterId, int limit) {
        return database.list("""
            select id, avatar_blob, header_blob from account
            where (avatar_blob is not null or header_blob is not null) and id > $1 order by id limit $2""",
            row -> new Named(row.getLong("id"), row.getString("avatar_blob"), row.getString("header_blob")), afterId, limit);
    }

    /** Ours whose address is that of a blob. */
    List<Named> emojis() {
        return database.list("""
            select id, substring(url from '/media/(.+)$') as key from custom_emoji where host = '' and url like '%/media/%'""",
            row -> new Named(row.getLong("id"), row.getString("key"), null));
    }

    void forgetAvatars(Collection<Long> ids) {
        database.execute("update account set avatar_blob = null where id = any($1)", (Object) ids.toArray(Long[]::new));
    }

    void forgetHeaders(Collection<Long> ids) {
        database.execute("update account set header_blob = null where id = any($1)", (Object) ids.toArray(Long[]::new));
    }

    void deleteEmojis(Collection<Long> ids) {
        database.execute("delete from custom_emoji where id = any($1)", (Object) ids.toArray(Long[]::new));
    }

    void deleteAttachments(Collection<Long> ids) {
        database.execute("delete from media_attachment where id = any($1)", (Object) ids.toArray(Long[]::new));
    }

    void forgetPreviews(Collection<Long> ids) {
        database.execute("update media_attachment set preview_blob = null where id = any($1)", (Object) ids.toArray(Long[]::new));
    }

    private static String[] texts(Collection<BlobKey> keys) {
        return keys.stream().map(BlobKey::toString).toArray(String[]::new);
    }
}
