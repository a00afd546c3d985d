package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.text.Hashtag;

/** SQL that writes what belongs to a post: mentions, tags, remote attachments, emojis. In the caller's transaction. */
@ApplicationScoped
class StatusPartsWriter {
    private final Database database;

    StatusPartsWriter(Database database) {
        this.database = database;
    }

    /**
     * Makes these the post's mentions. Those no longer mentioned become silent: they are not told again, but keep what
     * they were given to read (behaviours §8).
     */
    void mentions(long statusId, Collection<RemoteStatus.Mention> mentions) {
        database.send("update mention set silent = true where status_id = $1 and not account_id = any($2)",
            statusId, mentions.stream().map(RemoteStatus.Mention::accountId).toArray(Long[]::new));
        addMentions(statusId, mentions);
    }

    /** For a new post. */
    void addMentions(long statusId, Collection<RemoteStatus.Mention> mentions) {
        SequencedMap<Long, Boolean> silentById = new LinkedHashMap<>();
        mentions.forEach(mention -> silentById.merge(mention.accountId(), mention.silent(), (a, b) -> a && b));
        if (!silentById.isEmpty()) {
            database.send("""
                insert into mention (status_id, account_id, silent)
                select $1, wanted.id, wanted.silent from unnest($2::bigint[], $3::boolean[]) as wanted (id, silent)
                join account on account.id = wanted.id
                on conflict (status_id, account_id) do update set silent = excluded.silent""",
                statusId, silentById.keySet().toArray(Long[]::new), silentById.values().toArray(Boolean[]::new));
        }
    }

    /** Makes these the post's tags. */
    void tags(long statusId, Collection<Hashtag> hashtags) {
        database.send("""
            delete from status_tag using tag
            where status_tag.status_id = $1 and tag.id = status_tag.tag_id and not tag.name = any($2)""",
            statusId, hashtags.stream().map(Hashtag::normalised).toArray(String[]::new));
        addTags(statusId, hashtags);
    }

    /** For a new post. New names are written in one order everywhere, so that two posts cannot lock each other out. */
    void addTags(long statusId, Collection<Hashtag> hashtags) {
        Map<String, String> displayByName = new TreeMap<>();
        hashtags.forEach(hashtag -> displayByName.putIfAbsent(hashtag.normalised(), hashtag.display()));
        if (displayByName.isEmpty()) {
            return;
        }
        String[] names = displayByName.keySet().toArray(String[]::new);
        database.send("""
            insert into tag (name, display_name) select * from unnest($1::text[], $2::text[])
            on conflict do nothing""", names, displayByName.values().toArray(String[]::new));
        database.send("""
            insert into status_tag (status_id, tag_id) select $1, tag.id from tag where tag.name = any($2)
            on conflict do nothing""", statusId, names);
    }

    /** Makes these the post's attachments; one of the same address stays the same row with its new description. */
    void attachments(long statusId, long accountId, List<RemoteStatus.Attachment> attachments) {
        database.send("delete from media_attachment where status_id = $1 and not remote_url = any($2)",
            statusId, attachments.stream().map(RemoteStatus.Attachment::url).toArray(String[]::new));
        addAttachments(statusId, accountId, attachments);
    }

    /** For a new post. */
    void addAttachments(long statusId, long accountId, List<RemoteStatus.Attachment> attachments) {
        List<Object[]> rows = IntStream.range(0, attachments.size())
            .mapToObj(position -> row(statusId, accountId, position, attachments.get(position))).toList();
        database.executeBatch("""
            with known as (
              update media_attachment set position = $4, description = $8, blurhash = $9, focus_x = $10::float8::real, focus_y = $11::float8::real
              where status_id = $3 and remote_url = $6 returning id)
            insert into media_attachment (id, account_id, status_id, position, type, remote_url, remote_preview_url, description, blurhash,
              focus_x, focus_y, content_type, meta)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10::float8::real, $11::float8::real, $12,
              case when $13::int > 0 and $14::int > 0 then jsonb_build_object('original', jsonb_build_object(
                'width', $13::int, 'height', $14::int, 'size', $13::int || 'x' || $14::int, 'aspect', $13::float8 / $14::int)) else '{}' end
            where not exists (select from known)""", rows);
    }

    /** True when addresses or descriptions differ from what is stored. */
    boolean hasOtherAttachments(long statusId, List<RemoteStatus.Attachment> attachments) {
        record Shown(String url, String description) {
        }
        List<Shown> stored = database.list("select remote_url, description from media_attachment where status_id = $1 order by position, id",
            row -> new Shown(row.getString("remote_url"), row.getString("description")), statusId);
        return !stored.equals(attachments.stream().map(attachment -> new Shown(attachment.url(), attachment.description())).toList());
    }

    void removeAttachments(long statusId) {
        database.execute("delete from media_attachment where status_id = $1", statusId);
    }

    private static Object[] row(long statusId, long accountId, int position, RemoteStatus.Attachment attachment) {
        return new Object[] {Snowflakes.next(), accountId, statusId, position, attachment.type(), attachment.url(), attachment.previewUrl(),
            attachment.description(), attachment.blurhash(), attachment.focusX(), attachment.focusY(), attachment.contentType(),
            attachment.width(), attachment.height()};
    }

    /** Remembers the custom emojis of another server; a new picture replaces the old. */
    void emojis(String host, Collection<RemoteStatus.Emoji> emojis) {
        Map<String, RemoteStatus.Emoji> byCode = new TreeMap<>();
        emojis.forEach(emoji -> byCode.putIfAbsent(emoji.code(), emoji));
        if (byCode.isEmpty()) {
            return;
        }
        database.execute("""
            insert into custom_emoji (shortcode, host, uri, url, static_url)
            select code, $1, uri, url, url from unnest($2::text[], $3::text[], $4::text[]) as wanted (code, uri, url)
            on conflict (host, shortcode) do update set url = excluded.url, static_url = excluded.static_url, uri = excluded.uri, updated_at = now()
            where custom_emoji.url <> excluded.url""",
            host, byCode.keySet().toArray(String[]::new),
            byCode.values().stream().map(RemoteStatus.Emoji::uri).toArray(String[]::new),
            byCode.values().stream().map(RemoteStatus.Emoji::iconUrl).toArray(String[]::new));
    }

    /** Those of the codes that are emojis of ours. */
    List<String> ownEmojis(Collection<String> codes) {
        return codes.isEmpty() ? List.of() : database.list(
            "select shortcode from custom_emoji where host = '' and not disabled and shortcode = any($1) order by shortcode",
            row -> row.getString("shortcode"), (Object) codes.toArray(String[]::new));
    }
}
