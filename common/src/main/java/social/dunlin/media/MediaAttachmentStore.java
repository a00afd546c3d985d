package social.dunlin.media;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import social.dunlin.database.Database;

/** SQL of attachments as posts need it. */
@ApplicationScoped
public class MediaAttachmentStore {
    private static final String SELECT = """
        select id, account_id, status_id, type, state, blob, preview_blob, content_type, remote_url, remote_preview_url,
          description, blurhash, focus_x, focus_y, meta::text as meta
        from media_attachment
        """;

    private final Database database;

    public MediaAttachmentStore(Database database) {
        this.database = database;
    }

    /** By post, in the author's order. Index: media_attachment_by_status. */
    public Map<Long, List<MediaAttachment>> ofStatuses(Collection<Long> statusIds) {
        if (statusIds.isEmpty()) {
            return Map.of();
        }
        return database.list(SELECT + " where status_id = any((select $1::bigint[])::bigint[]) order by status_id, position, id", MediaAttachmentStore::map,
            (Object) statusIds.toArray(Long[]::new)).stream().collect(Collectors.groupingBy(media -> media.statusId().getAsLong()));
    }

    /** Those that exist and belong to the account; somebody else's, and those that wait with a scheduled post, are as if they were not there. */
    public List<MediaAttachment> owned(long accountId, Collection<Long> ids) {
        return ids.isEmpty() ? List.of()
            : database.list(SELECT + " where id = any((select $2::bigint[])::bigint[]) and account_id = $1 and scheduled_status_id is null for update", MediaAttachmentStore::map,
                accountId, ids.toArray(Long[]::new));
    }

    /** Those that exist. */
    public List<MediaAttachment> byIds(Collection<Long> ids) {
        return ids.isEmpty() ? List.of()
            : database.list(SELECT + " where id = any((select $1::bigint[])::bigint[])", MediaAttachmentStore::map, (Object) ids.toArray(Long[]::new));
    }

    /** Makes these the post's attachments, in this order; what was attached before and is not named is let go. */
    public void attach(long statusId, List<Long> ids) {
        database.execute("""
            update media_attachment set status_id = null, created_at = now()
            where status_id = $1 and not id = any($2)""", statusId, ids.toArray(Long[]::new));
        database.execute("""
            update media_attachment set status_id = $1, position = wanted.position
            from unnest($2::bigint[]) with ordinality as wanted (id, position)
            where media_attachment.id = wanted.id""", statusId, ids.toArray(Long[]::new));
    }

    /** Lets a post's attachments go, so that a redraft can take them for a while. */
    public void release(long statusId) {
        database.execute("update media_attachment set status_id = null, created_at = now() where status_id = $1", statusId);
    }

    /** Removes a post's attachments for good. */
    public void remove(long statusId) {
        database.execute("delete from media_attachment where status_id = $1", statusId);
    }

    void delete(long id) {
        database.execute("delete from media_attachment where id = $1", id);
    }

    public void describe(long id, String description, Double focusX, Double focusY) {
        database.execute("""
            update media_attachment set description = case when $2::text is null then description else nullif($2, '') end,
              focus_x = coalesce($3::float8::real, focus_x), focus_y = coalesce($4::float8::real, focus_y)
            where id = $1""", id, description, focusX, focusY);
    }

    public static MediaAttachment map(Row row) {
        Long statusId = row.getLong("status_id");
        return new MediaAttachment(row.getLong("id"), row.getLong("account_id"),
            statusId == null ? OptionalLong.empty() : OptionalLong.of(statusId), row.getString("type"), row.getString("state"),
            row.getString("blob"), row.getString("preview_blob"), row.getString("content_type"), row.getString("remote_url"),
            row.getString("remote_preview_url"), row.getString("description"), row.getString("blurhash"),
            row.getFloat("focus_x"), row.getFloat("focus_y"), row.getString("meta"));
    }
}
