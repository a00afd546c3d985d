package social.dunlin.timeline;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.recall.PageQuery;
import social.dunlin.recall.Recall;
import social.dunlin.status.Status;
import social.dunlin.status.StatusGlances;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.status.StatusStore;
import social.dunlin.visibility.ListVisibility;
import social.dunlin.visibility.Viewer;

/** A list of posts that has been asked for and is read in the form that is wanted: glances for the API, whole posts for who shows them otherwise. */
public final class Listing {
    /** Statements that were put together: they are long, and asked for all the time. */
    private static final Map<Shape, String> STATEMENTS = new ConcurrentHashMap<>();
    private static final Map<Shape, PageQuery> QUERIES = new ConcurrentHashMap<>();
    private static final int MOST_STATEMENTS = 256;

    private final Database database;
    private final Recall recall;
    private final Viewer viewer;
    private final Page page;
    private final String shape;
    private final String cursor;
    private final ListVisibility fast;
    private final Function<Form, String> sql;
    private final Object[] parameters;
    /** Types of the parameters after the limit, where those who ask at the same time are answered by one statement; else null. */
    private List<String> together;

    /**
     * @param recall     may tell the list from what is remembered, if it is paged by the posts themselves; null = not of this list
     * @param page       null when all of it is wanted
     * @param shape      a name for the query; together with the reader's being known, the direction and the limit it decides {@code sql}'s text
     * @param cursor     the column the list is paged by
     * @param fast       how the rule may be spelled for this list; null = as it is
     * @param sql        the query, in the form given
     * @param parameters those after the first, which is the reader's id; of a page the third of them is its limit
     */
    public Listing(Database database, Recall recall, Viewer viewer, Page page, String shape, String cursor, ListVisibility fast, Function<Form, String> sql, Object... parameters) {
        this.database = database;
        this.recall = recall;
        this.viewer = viewer;
        this.page = page;
        this.shape = shape;
        this.cursor = cursor;
        this.fast = fast;
        this.sql = sql;
        this.parameters = parameters;
    }

    /**
     * Lets one statement read the pages of all who ask for such a list at the same time.
     *
     * @param types of the query's parameters after the limit
     */
    Listing together(String... types) {
        together = List.of(types);
        return this;
    }

    /** A post and the id its list is paged by. */
    public record Listed(long cursor, Status status) {
    }

    private enum Way {
        FAST, RULE
    }

    /** @param way null of what is remembered */
    private record Shape(String name, boolean known, boolean ascending, int limit, Way way) {
    }

    /** One statement, as a rule of ids alone; more where what is remembered or the fast form could not tell about some post. */
    public Glanced glances() {
        return isRemembered() ? recall.page(viewer, fast, remembering(), page.limit(), this::read, all()) : read();
    }

    private Glanced read() {
        return fast().orElseGet(this::byRule);
    }

    private boolean isRemembered() {
        return recall != null && fast != null;
    }

    /** Nothing when it cannot be told from what is remembered. */
    Optional<Glanced> remembered() {
        return isRemembered() ? recall.tell(viewer, fast, remembering(), page.limit(), all()) : Optional.empty();
    }

    /** Nothing when the rule has to be asked. */
    Optional<Glanced> fast() {
        return fast == null ? Optional.empty() : new StatusGlances(database).readCertain(viewer, statement(Way.FAST), parameters);
    }

    Glanced byRule() {
        return new StatusGlances(database).read(viewer, statement(Way.RULE), parameters);
    }

    private Shape shape(Way way) {
        return new Shape(shape, !viewer.isAnonymous(), page != null && page.ascending(), page == null ? 0 : page.limit(), way);
    }

    private PageQuery remembering() {
        Shape wanted = shape(null);
        PageQuery query = QUERIES.get(wanted);
        if (query == null) {
            String ids = sql.apply(Form.IDS).replace("limit $4", "limit " + Recall.ids(page.limit()));
            query = together == null ? PageQuery.ofOne(whosever(unseen(ids)), parameters.length + 1) : PageQuery.ofMany(ids, together);
            if (QUERIES.size() < MOST_STATEMENTS) {
                QUERIES.put(wanted, query);
            }
        }
        return query;
    }

    private String statement(Way way) {
        Shape wanted = shape(way);
        String statement = STATEMENTS.get(wanted);
        if (statement == null) {
            statement = switch (way) {
                case FAST -> StatusGlances.fastSql(unseen(query(StatusGlances.fastKeys(cursor, fast), fast)), fast, parameters.length + 1);
                case RULE -> StatusGlances.sql(query(StatusGlances.keys(cursor), null), wanted.known, parameters.length + 1);
            };
            if (STATEMENTS.size() < MOST_STATEMENTS) {
                STATEMENTS.put(wanted, statement);
            }
        }
        return statement;
    }

    /**
     * Hides from the planner where the page begins and ends, and which tags and hosts are meant: it would guess that a plan
     * for these very values is worth making anew every time, and the look-ups are the same whatever the page (docs/adr/0030).
     */
    private static String unseen(String query) {
        return query.replace("< $2", "< (select $2::bigint)").replace("> $3", "> (select $3::bigint)")
            .replaceAll("\\$(\\d+)::text\\[\\]", "(select \\$$1::text[])::text[]");
    }

    /** The same of whose list it is: people differ in how much they have. */
    private static String whosever(String query) {
        return query.replaceAll("(account_id|preview_card_id) = \\$(\\d+) and", "$1 = (select \\$$2::bigint) and");
    }

    private String query(String columns, ListVisibility rule) {
        return bounded(sql.apply(new Form(columns, rule)));
    }

    /** The limit is said to the planner. */
    private String bounded(String query) {
        return page == null ? query : query.replace("limit $4", "limit " + page.limit());
    }

    public List<Status> statuses() {
        return listed().stream().map(Listed::status).toList();
    }

    public List<Listed> listed() {
        List<Listed> found = database.list(query(StatusStore.COLUMNS + ", " + cursor + " as cursor" + (page == null ? "" : ", $4::int as bound"), null),
            Listing::listed, all());
        return page != null && page.ascending() ? found.reversed() : found;
    }

    private Object[] all() {
        Object[] all = new Object[parameters.length + 1];
        all[0] = viewer.idOrNull();
        System.arraycopy(parameters, 0, all, 1, parameters.length);
        return all;
    }

    private static Listed listed(Row row) {
        return new Listed(row.getLong("cursor"), StatusStore.map(row));
    }
}
