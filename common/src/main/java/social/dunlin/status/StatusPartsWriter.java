package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
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
        addMentions(Map.of(statusId, mentions));
    }

    /** For new posts. */
    void addMentions(Map<Long, ? extends Collection<RemoteStatus.Mention>> mentions) {
        record Pair(long statusId, long accountId) {
        }
        SequencedMap<Pair, Boolean> silent = new LinkedHashMap<>();
        mentions.forEach((statusId, people) -> people.forEach(mention ->
            silent.merge(new Pair(statusId, mention.accountId()), mention.silent(), (a, b) -> a && b)));
        if (!silent.isEmpty()) {
            database.send("""
                insert into mention (status_id, account_id, silent)
                select wanted.* from unnest($1::bigint[], $2::bigint[], $3::boolean[]) as wanted (status_id, id, silent)
                join account on account.id = wanted.id
                on conflict (status_id, account_id) do update set silent = excluded.silent""",
                silent.keySet().stream().map(Pair::statusId).toArray(Long[]::new), silent.keySet().stream().map(Pair::accountId).toArray(Long[]::new),
                silent.values().toArray(Boolean[]::new));
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

    /** For a new post. */
    void addTags(long statusId, Collection<Hashtag> hashtags) {
        addTags(Map.of(statusId, hashtags));
    }

    /** For new posts. New names are written in one order everywhere, so that two posts cannot lock each other out. */
    void addTags(Map<Long, ? extends Collection<Hashtag>> hashtags) {
        record Pair(Long statusId, String name) {
        }
        Map<String, String> displayByName = new TreeMap<>();
        hashtags.values().forEach(ofOne -> ofOne.forEach(hashtag -> displayByName.putIfAbsent(hashtag.normalised(), hashtag.display())));
        if (displayByName.isEmpty()) {
            return;
        }
        database.send("""
            insert into tag (name, display_name) select * from unnest($1::text[], $2::text[])
            on conflict do nothing""", displayByName.keySet().toArray(String[]::new), displayByName.values().toArray(String[]::new));
        List<Pair> pairs = hashtags.entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(hashtag -> new Pair(entry.getKey(), hashtag.normalised()))).toList();
        database.send("""
            insert into status_tag (status_id, tag_id)
            select pair.status_id, tag.id from unnest($1::bigint[], $2::text[]) as pair (status_id, name) join tag on tag.name = pair.name
            on conflict do nothing""", pairs.stream().map(Pair::statusId).toArray(Long[]::new), pairs.stream().map(Pair::name).toArray(String[]::new));
    }

    /** Makes these the post's attachments; one of the same address stays the same row with its new description. */
    void attachments(long statusId, long accountId, List<RemoteStatus.Attachment> attachments) {
        database.send("delete from media_attachment where status_id = $1 and not remote_url = any($2)",
            statusId, attachments.stream().map(RemoteStatus.Attachment::url).toArray(String[]::new));
        addAttachments(statusId, accountId, attachments);
    }

    /** For a new post. */
    void addAttachments(long statusId, long accountId, List<RemoteStatus.Attachment> attachments) {
        addAttachments(attachmentRows(statusId, accountId, attachments));
    }

    /** What {@link #addAttachments(List)} takes. */
    static List<Object[]> attachmentRows(long statusId, long accountId, List<RemoteStatus.Attachment> attachments) {
        return IntStream.range(0, attachments.size()).mapToObj(position -> row(statusId, accountId, position, attachments.get(position))).toList();
    }

    void addAttachments(List<Object[]> rows) {
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
        Emojis all = new Emojis();
        all.add(host, emojis);
        emojis(all);
    }

    /** Custom emojis of several servers and posts, in the order in which all write them. */
    static final class Emojis {
        private record Place(String host, String code) {
        }

        private final Map<Place, RemoteStatus.Emoji> emojis = new TreeMap<>(Comparator.comparing(Place::host).thenComparing(Place::code));

        /** Those of one post: the first of a code counts in it, and what a later post says. */
        void add(String host, Collection<RemoteStatus.Emoji> ofPost) {
            Map<String, RemoteStatus.Emoji> byCode = new HashMap<>();
            ofPost.forEach(emoji -> byCode.putIfAbsent(emoji.code(), emoji));
            byCode.forEach((code, emoji) -> emojis.put(new Place(host, code), emoji));
        }
    }

    void emojis(Emojis all) {
        if (all.emojis.isEmpty()) {
            return;
        }
        database.execute("""
            insert into custom_emoji (shortcode, host, uri, url, static_url)
            select code, host, uri, url, url from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as wanted (host, code, uri, url)
            on conflict (host, shortcode) do update set url = excluded.url, static_url = excluded.static_url, uri = excluded.uri, updated_at = now()
            where custom_emoji.url <> excluded.url""",
            all.emojis.keySet().stream().map(Emojis.Place::host).toArray(String[]::new),
            all.emojis.keySet().stream().map(Emojis.Place::code).toArray(String[]::new),
            all.emojis.values().stream().map(RemoteStatus.Emoji::uri).toArray(String[]::new),
            all.emojis.values().stream().map(RemoteStatus.Emoji::iconUrl).toArray(String[]::new));
    }

    /** Those of the codes that are emojis of ours. */
    List<String> ownEmojis(Collection<String> codes) {
        return codes.isEmpty() ? List.of() : database.list(
            "select shortcode from custom_emoji where host = '' and not disabled and shortcode = any($1) order by shortcode",
            row -> row.getString("shortcode"), (Object) codes.toArray(String[]::new));
    }
}
