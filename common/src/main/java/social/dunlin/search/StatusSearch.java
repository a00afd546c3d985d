package social.dunlin.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.Handle;
import social.dunlin.database.Database;
import social.dunlin.id.Snowflakes;
import social.dunlin.search.SearchQuery.Filter;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.visibility.StatusVisibility;

/**
 * Posts by their words, newest first. Found are one's own, those one is mentioned in or has favourited, boosted,
 * bookmarked or voted in, and public ones of authors who agreed to be found ({@code indexable}): that is asked at the
 * moment of the search, so that taking consent back holds at once.
 */
@ApplicationScoped
public class StatusSearch {
    /** Without a word or an author everything would have to be looked at. */
    private static final Duration WITHOUT_WORDS = Duration.ofDays(30);
    private static final String TOUCHED = """
        (status.account_id = $1
         or exists (select from mention where mention.status_id = status.id and mention.account_id = $1)
         or exists (select from favourite where favourite.status_id = status.id and favourite.account_id = $1)
         or exists (select from bookmark where bookmark.status_id = status.id and bookmark.account_id = $1)
         or exists (select from status boost where boost.reblog_of_id = status.id and boost.account_id = $1)
         or exists (select from poll join poll_vote on poll_vote.poll_id = poll.id where poll.status_id = status.id and poll_vote.account_id = $1))
        """;
    private static final String OPEN = """
        (status.visibility in ('public', 'local')
         and exists (select from account author where author.id = status.account_id and author.indexable))
        """;

    private final Database database;
    private final AccountStore accounts;

    public StatusSearch(Database database, AccountStore accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    /**
     * @param ownHost  of handles without a host
     * @param accountId only this author's posts; null = everybody's
     * @param maxId    only older ones; null = all, as for {@code minId}
     */
    public record Wanted(String typed, String ownHost, Long accountId, Long maxId, Long minId, int limit, int offset) {
    }

    public List<Status> find(Account reader, Wanted wanted) {
        SearchQuery query = SearchQuery.parse(wanted.typed);
        return query.isEmpty() ? List.of() : statement(reader, query, wanted)
            .map(statement -> database.list(statement.sql, StatusStore::map, statement.parameters.toArray())).orElse(List.of());
    }

    /** With the values of its parameters; the first is the reader. */
    record Statement(String sql, List<Object> parameters) {
        private String bind(Object value) {
            parameters.add(value);
            return "$" + parameters.size();
        }
    }

    /** Index: status_search_words; without words status_by_account or status_pkey. Empty when nothing can be found. */
    Optional<Statement> statement(Account reader, SearchQuery query, Wanted wanted) {
        Statement statement = new Statement("", new ArrayList<>(List.of(reader.id())));
        List<String> conditions = new ArrayList<>(List.of("status.reblog_of_id is null"));
        if (!query.words().isEmpty()) {
            conditions.add("search.words @@ %s::text::tsquery".formatted(statement.bind(query.words())));
        }
        boolean narrow = !query.words().isEmpty() || wanted.accountId != null;
        String place = "(" + TOUCHED + " or " + OPEN + ")";
        for (Filter filter : query.filters()) {
            if (filter instanceof Filter.From(String handle, boolean negated)) {
                Optional<Long> author = author(reader, handle, wanted.ownHost);
                if (author.isEmpty() && !negated) {
                    return Optional.empty();
                }
                author.ifPresent(id -> conditions.add("status.account_id %s %s".formatted(negated ? "<>" : "=", statement.bind(id))));
                narrow |= !negated;
            } else {
                conditions.add((filter.negated() ? "not " : "") + condition(filter, statement));
            }
        }
        if (wanted.accountId != null) {
            conditions.add("status.account_id = " + statement.bind(wanted.accountId));
        }
        Long first = later(query.firstId(), wanted.minId == null ? null : Long.valueOf(wanted.minId + 1));
        if (first == null && !narrow) {
            first = Snowflakes.floor(Instant.now().minus(WITHOUT_WORDS));
        }
        if (first != null) {
            conditions.add("status.id >= " + statement.bind(first));
        }
        if (query.lastId() != null) {
            conditions.add("status.id <= " + statement.bind(query.lastId()));
        }
        if (wanted.maxId != null) {
            conditions.add("status.id < " + statement.bind(wanted.maxId));
        }
        String from = query.words().isEmpty() ? "(%s)".formatted(StatusStore.TABLES)
            : "status_search search join (%s) on status.id = search.status_id".formatted(StatusStore.TABLES);
        return Optional.of(new Statement("""
            select %s from %s
            where %s and %s and %s and %s
            order by status.id desc limit %s offset %s""".formatted(StatusStore.COLUMNS, from, String.join(" and ", conditions), place,
                StatusVisibility.visibleTo("$1::bigint"), StatusVisibility.wantedBy("$1::bigint"),
                statement.bind(wanted.limit), statement.bind(wanted.offset)), statement.parameters));
    }

    private static Long later(Long one, Long other) {
        return one == null ? other : other == null ? one : Long.valueOf(Math.max(one, other));
    }

    private Optional<Long> author(Account reader, String handle, String ownHost) {
        return handle.equals("me") ? Optional.of(reader.id())
            : Handle.parse(handle, ownHost).flatMap(parsed -> accounts.byHandle(parsed.username(), parsed.host())).map(Account::id);
    }

    private static String condition(Filter filter, Statement statement) {
        return switch (filter) {
            case Filter.From from -> throw new IllegalArgumentException("an author is a name first: " + from);
            case Filter.Has has -> switch (has.kind()) {
                case "media" -> "exists (select from media_attachment media where media.status_id = status.id)";
                case "image", "audio" -> "exists (select from media_attachment media where media.status_id = status.id and media.type = '%s')".formatted(has.kind());
                case "video" -> "exists (select from media_attachment media where media.status_id = status.id and media.type in ('video', 'gifv'))";
                case "poll" -> "exists (select from poll where poll.status_id = status.id)";
                default -> "exists (select from status_preview_card link where link.status_id = status.id)";
            };
            case Filter.Is is -> is.kind().equals("reply") ? "(status.in_reply_to_id is not null or status.in_reply_to_uri is not null)" : "status.sensitive";
            case Filter.In in -> in.place().equals("library") ? TOUCHED : OPEN;
            case Filter.InLanguage language -> "coalesce(lower(split_part(status.language, '-', 1)) = %s, false)".formatted(statement.bind(language.code()));
        };
    }
}
