package social.dunlin.card;

import static social.dunlin.database.Rows.instant;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import social.dunlin.database.Database;

/** SQL of previews. */
@ApplicationScoped
public class PreviewCardStore {
    /** The author counts when their profile names the page's host or one above it. */
    public static final String COLUMNS = """
        card.id, card.url, card.type, card.title, card.description, card.language, card.provider_name, card.provider_url,
        card.author_name, card.author_url, card.embed_url, card.width, card.height, card.image_url, card.image_description, card.published_at,
        card.author_account_id as claimed_id,
        (select author.id from account author
         where author.id = card.author_account_id and author.suspended_at is null and author.deleted_at is null
           and exists (select from unnest(author.attribution_domains) as domain,
                         lower(split_part(split_part(split_part(card.url, '://', 2), '/', 1), ':', 1)) as host
                       where host = lower(domain) or right(host, length(domain) + 1) = '.' || lower(domain))) as author_id
        """;

    private final Database database;

    public PreviewCardStore(Database database) {
        this.database = database;
    }

    /** Those that are ready, by post. One statement. Index: status_preview_card_pkey. */
    public Map<Long, PreviewCard> ofStatuses(Collection<Long> statusIds) {
        Map<Long, PreviewCard> cards = new HashMap<>();
        if (!statusIds.isEmpty()) {
            database.list("""
                select status_preview_card.status_id, %s
                from status_preview_card join preview_card card on card.id = status_preview_card.preview_card_id
                where status_preview_card.status_id = any((select $1::bigint[])::bigint[]) and card.state = 'ready'""".formatted(COLUMNS),
                row -> cards.put(row.getLong("status_id"), map(row)), (Object) statusIds.toArray(Long[]::new));
        }
        return cards;
    }

    /** Those of the posts whose page names an account here as its author. Index: status_preview_card_pkey. */
    public Set<Long> claimedOf(Collection<Long> statusIds) {
        return statusIds.isEmpty() ? Set.of() : Set.copyOf(database.list("""
            select link.status_id from status_preview_card link join preview_card card on card.id = link.preview_card_id
            where link.status_id = any((select $1::bigint[])::bigint[]) and card.author_account_id is not null""", row -> row.getLong("status_id"), (Object) statusIds.toArray(Long[]::new)));
    }

    /** One that is ready. Index: preview_card_url_key. */
    public Optional<PreviewCard> byUrl(String url) {
        return database.first("select %s from preview_card card where card.url = $1 and card.state = 'ready'".formatted(COLUMNS), PreviewCardStore::map, url);
    }

    /** Ties the post to the card of this address, which may still be empty; a post that has gone is left alone. */
    void link(long statusId, String url) {
        database.execute("insert into preview_card (url) values ($1) on conflict do nothing", url);
        database.execute("""
            insert into status_preview_card (status_id, preview_card_id)
            select status.id, card.id from preview_card card, status where card.url = $2 and status.id = $1
            on conflict (status_id) do update set preview_card_id = excluded.preview_card_id""", statusId, url);
    }

    void unlink(long statusId) {
        database.execute("delete from status_preview_card where status_id = $1", statusId);
    }

    /** Empty when what is there is young enough, or somebody else is fetching it. One that brought nothing is tried again after a day. */
    OptionalLong lease(String url) {
        return database.first("""
            update preview_card set leased_until = now() + interval '2 minutes'
            where url = $1 and (leased_until is null or leased_until < now())
              and (fetched_at is null or fetched_at < now() - case state when 'ready' then interval '14 days' else interval '1 day' end)
            returning id""", row -> OptionalLong.of(row.getLong("id")), url).orElse(OptionalLong.empty());
    }

    boolean isFirstLookUnderWay(String url) {
        return database.exists("select from preview_card where url = $1 and leased_until > now() and fetched_at is null", url);
    }

    void save(long id, PageDetails page, Long authorId) {
        database.execute("""
            update preview_card set state = $2, type = $3, title = $4, description = $5, language = $6, provider_name = $7, provider_url = $8,
              author_name = $9, author_url = $10, author_account_id = $11, embed_url = $12, width = $13, height = $14, image_url = $15,
              image_description = $16, published_at = $17, fetched_at = now(), leased_until = null
            where id = $1""", id, page.isEmpty() ? "empty" : "ready", page.type(), page.title(), page.description(), page.language(),
            page.providerName(), page.providerUrl(), page.authorName(), page.authorUrl(), authorId, page.embedUrl(), page.width(), page.height(),
            page.imageUrl(), page.imageDescription(), page.publishedAt());
    }

    /** What was there before stays: a page that does not answer today may tomorrow. */
    void failed(long id) {
        database.execute("""
            update preview_card set state = case state when 'waiting' then 'empty' else state end, fetched_at = now(), leased_until = null
            where id = $1""", id);
    }

    /** The addresses of those a post mentions: no pages to preview. */
    List<String> mentioned(long statusId) {
        return database.list("""
            select account.uri, account.url from mention join account on account.id = mention.account_id where mention.status_id = $1""",
            row -> row.getString("url") == null ? List.of(row.getString("uri")) : List.of(row.getString("uri"), row.getString("url")), statusId)
            .stream().flatMap(List::stream).toList();
    }

    public static PreviewCard map(Row row) {
        return new PreviewCard(row.getLong("id"), row.getString("url"), row.getString("type"), row.getString("title"), row.getString("description"),
            row.getString("language"), row.getString("provider_name"), row.getString("provider_url"), row.getString("author_name"),
            row.getString("author_url"), row.getLong("author_id"), row.getLong("claimed_id"), row.getString("embed_url"), row.getInteger("width"),
            row.getInteger("height"), row.getString("image_url"), row.getString("image_description"), instant(row, "published_at"));
    }
}
