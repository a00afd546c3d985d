package social.dunlin.status;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.timeline.Listing.Listed;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** SQL of quotes. Changes run in the caller's transaction. */
@ApplicationScoped
public class QuoteStore {
    private static final String SELECT = """
        select quote.status_id, quote.quoted_status_id, quote.quoted_uri, quote.state, quote.request_uri, quote.authorization_uri, quote.legacy
        from quote
        """;

    private final Database database;

    public QuoteStore(Database database) {
        this.database = database;
    }

    /**
     * A quote.
     *
     * @param statusId         the quoting post
     * @param quotedStatusId   empty while the quoted post is unknown, and when it is gone
     * @param requestUri       id of our QuoteRequest; null when none was sent
     * @param authorizationUri id of the stamp: claimed while pending, checked when accepted
     * @param legacy           written in a way that knows no consent
     */
    public record Quoting(long statusId, OptionalLong quotedStatusId, String quotedUri, QuoteState state, String requestUri,
                          String authorizationUri, boolean legacy) {
    }

    public Optional<Quoting> of(long statusId) {
        return database.first(SELECT + " where quote.status_id = $1", QuoteStore::map, statusId);
    }

    /** As {@link #of}, held until the transaction ends. */
    Optional<Quoting> lock(long statusId) {
        return database.first(SELECT + " where quote.status_id = $1 for update", QuoteStore::map, statusId);
    }

    /** False when the post quotes something already. */
    boolean insert(Quoting quote) {
        return database.execute("""
            insert into quote (status_id, quoted_status_id, quoted_uri, state, request_uri, authorization_uri, legacy)
            values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing""",
            quote.statusId, quote.quotedStatusId.isPresent() ? quote.quotedStatusId.getAsLong() : null, quote.quotedUri,
            quote.state.apiName(), quote.requestUri, quote.authorizationUri, quote.legacy) > 0;
    }

    void change(long statusId, QuoteState state, String authorizationUri) {
        database.execute("update quote set state = $2, authorization_uri = $3 where status_id = $1", statusId, state.apiName(), authorizationUri);
    }

    /** The quoted post has become known. */
    void tie(long statusId, long quotedStatusId) {
        database.execute("update quote set quoted_status_id = $2 where status_id = $1", statusId, quotedStatusId);
    }

    void remove(long statusId) {
        database.execute("delete from quote where status_id = $1", statusId);
    }

    /** Ties the quotes that came before the post they quote to it, and gives them. Index: quote_waiting. */
    List<Long> tieWaiting(String quotedUri, long quotedStatusId) {
        return database.list("""
            update quote set quoted_status_id = $2
            where quoted_uri = $1 and quoted_status_id is null and state = 'pending'
            returning status_id""", row -> row.getLong("status_id"), quotedUri, quotedStatusId);
    }

    /** True for a post that is quoted by one that is quoted itself: nobody is shown what such a post quotes. Index: quote_of_status. */
    boolean isDeep(long statusId) {
        return database.exists("""
            select from quote inside join quote outside on outside.quoted_status_id = inside.status_id
            where inside.quoted_status_id = $1""", statusId);
    }

    /** A local post's quote by the id under which the quoted author was asked. Index: quote_by_request. */
    Optional<Quoting> byRequest(String requestUri, long quotedAuthorId) {
        return asked("quote.request_uri = $1", requestUri, quotedAuthorId);
    }

    /** A local post's quote by the post. Index: status_uri. */
    Optional<Quoting> byInstrument(String quotingUri, long quotedAuthorId) {
        return asked("quoting.uri = $1 and quote.request_uri is not null", quotingUri, quotedAuthorId);
    }

    /** The condition is a constant of this class. */
    private Optional<Quoting> asked(String condition, String uri, long quotedAuthorId) {
        return database.first(SELECT + """
            join status quoting on quoting.id = quote.status_id and quoting.local
            join status quoted on quoted.id = quote.quoted_status_id and quoted.account_id = $2
            where %s""".formatted(condition), QuoteStore::map, uri, quotedAuthorId);
    }

    /** The quote that leans on a checked stamp of a remote author. Index: quote_by_authorization. */
    Optional<Quoting> byAuthorization(String authorizationUri, String quotedAuthorUri) {
        return database.first(SELECT + """
            join status quoted on quoted.id = quote.quoted_status_id
            join account author on author.id = quoted.account_id and author.uri = $2 and author.domain_id is null
            where quote.authorization_uri = $1 and quote.state = 'accepted'
            for update of quote""", QuoteStore::map, authorizationUri, quotedAuthorUri);
    }

    /** Accepted quotes of a post that the viewer may see and wants to, newest first. Index: quote_of_status. */
    List<Listed> listed(Viewer viewer, long quotedStatusId, Page page) {
        List<Listed> found = database.list("""
            select quote.status_id as cursor, %s from quote join (%s) on status.id = quote.status_id
            where quote.quoted_status_id = $2 and quote.state = 'accepted' and quote.status_id < $3 and quote.status_id > $4 and %s and %s
            order by quote.status_id %s limit $5""".formatted(StatusStore.COLUMNS, StatusStore.TABLES,
                StatusVisibility.visibleTo("$1::bigint"), StatusVisibility.wantedBy("$1::bigint"), page.direction()),
            row -> new Listed(row.getLong("cursor"), StatusStore.map(row)),
            viewer.idOrNull(), quotedStatusId, page.before(), page.after(), page.limit());
        return page.ascending() ? found.reversed() : found;
    }

    /** Gives somebody silent access to a post (behaviours §13). */
    void letRead(long statusId, long accountId) {
        database.execute("insert into mention (status_id, account_id, silent) values ($1, $2, true) on conflict do nothing", statusId, accountId);
    }

    private static Quoting map(Row row) {
        Long quoted = row.getLong("quoted_status_id");
        return new Quoting(row.getLong("status_id"), quoted == null ? OptionalLong.empty() : OptionalLong.of(quoted), row.getString("quoted_uri"),
            QuoteState.ofApiName(row.getString("state")), row.getString("request_uri"), row.getString("authorization_uri"), row.getBoolean("legacy"));
    }
}
