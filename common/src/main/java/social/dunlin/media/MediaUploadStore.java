package social.dunlin.media;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.event.Event.UploadProcessed;
import social.dunlin.event.EventBus;
import social.dunlin.media.MediaUpload.Purpose;
import social.dunlin.media.blob.BlobKey;

/** SQL of files that wait, and of what they become. */
@ApplicationScoped
public class MediaUploadStore {
    private final Database database;
    private final EventBus events;

    public MediaUploadStore(Database database, EventBus events) {
        this.database = database;
        this.events = events;
    }

    /** @param blurhash null when it could not be computed; @param previewBlob null when there is none */
    public record Made(String type, BlobKey blob, BlobKey previewBlob, String blurhash, String meta) {
    }

    void addAttachment(long id, long accountId, String type, String contentType, String description, Double focusX, Double focusY) {
        database.execute("""
            insert into media_attachment (id, account_id, type, state, content_type, description, focus_x, focus_y)
            values ($1, $2, $3, 'waiting', $4, $5, $6::float8::real, $7::float8::real)""",
            id, accountId, type, contentType, description, focusX, focusY);
    }

    long add(Purpose purpose, Long accountId, Long attachmentId, String shortcode, String category, BlobKey blob, boolean keepMetadata) {
        return database.first("""
            insert into media_upload (purpose, account_id, attachment_id, shortcode, category, blob, keep_metadata)
            values ($1, $2, $3, $4, $5, $6, $7) returning id""", row -> row.getLong("id"),
            purpose.column(), accountId, attachmentId, shortcode, category, blob.toString(), keepMetadata).orElseThrow();
    }

    public Optional<MediaUpload> byId(long id) {
        return database.first("""
            select id, purpose, account_id, attachment_id, shortcode, category, blob, keep_metadata, failure from media_upload where id = $1""",
            MediaUploadStore::map, id);
    }

    private static MediaUpload map(Row row) {
        return new MediaUpload(row.getLong("id"), Purpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)), row.getLong("account_id"),
            row.getLong("attachment_id"), row.getString("shortcode"), row.getString("category"), BlobKey.parse(row.getString("blob")),
            row.getBoolean("keep_metadata"), row.getString("failure"));
    }

    void keepMetadata(long id, boolean wanted) {
        database.execute("update media_upload set keep_metadata = $2 where id = $1", id, wanted);
    }

    public void begin(MediaUpload upload) {
        database.execute("update media_attachment set state = 'processing' where id = $1 and state = 'waiting'", upload.attachmentId());
    }

    /** False when the attachment has been deleted meanwhile. Twice is as good as once. */
    public boolean finishAttachment(MediaUpload upload, Made made) {
        return database.transaction(() -> {
            int there = database.execute("""
                update media_attachment set state = 'ready', type = $2, blob = $3, preview_blob = $4, content_type = $5, blurhash = $6,
                  meta = ($7::text)::jsonb
                where id = $1""", upload.attachmentId(), made.type, made.blob.toString(), made.previewBlob == null ? null : made.previewBlob.toString(),
                made.blob.contentType(), made.blurhash, made.meta);
            remove(upload);
            return there == 1;
        });
    }

    /** @param column {@code avatar} or {@code header} */
    public void setProfilePicture(MediaUpload upload, BlobKey blob) {
        String column = upload.purpose().column();
        database.execute("update account set %s_blob = $2, updated_at = now() where id = $1 and domain_id is not null and deleted_at is null".formatted(column),
            upload.accountId(), blob.toString());
        remove(upload);
    }

    /** Addresses, for emoji are copied into reactions and sent to others. */
    public void setEmoji(MediaUpload upload, String url, String staticUrl) {
        database.transaction(() -> {
            database.execute("""
                insert into custom_emoji (shortcode, host, url, static_url, category) values ($1, '', $2, $3, $4)
                on conflict (host, shortcode) do update set url = excluded.url, static_url = excluded.static_url, category = excluded.category,
                  disabled = false, updated_at = now()""", upload.shortcode(), url, staticUrl, upload.category());
            remove(upload);
        });
    }

    private void remove(MediaUpload upload) {
        database.execute("delete from media_upload where id = $1", upload.id());
        events.publish(new UploadProcessed(upload.id()));
    }

    /** The row stays, so that who waits can be told why; the file goes. */
    public void fail(MediaUpload upload, String reason) {
        database.transaction(() -> {
            database.execute("update media_upload set failure = $2 where id = $1", upload.id(), reason);
            database.execute("update media_attachment set state = 'failed' where id = $1 and state in ('waiting', 'processing')", upload.attachmentId());
            database.execute("insert into unused_blob (key) values ($1) on conflict do nothing", upload.blob().toString());
            events.publish(new UploadProcessed(upload.id()));
        });
    }

    /** Index: media_upload_attachment_id_key. */
    Optional<MediaUpload> ofAttachment(long attachmentId) {
        return database.first("""
            select id, purpose, account_id, attachment_id, shortcode, category, blob, keep_metadata, failure from media_upload
            where attachment_id = $1""", MediaUploadStore::map, attachmentId);
    }
}
