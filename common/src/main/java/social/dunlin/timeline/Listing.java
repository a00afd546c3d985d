package social.dunlin.timeline;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
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
    private static final int MOST_STATEMENTS = 256;

    private final Database database;
    private final Viewer viewer;
    private final Page page;
    private final String shape;
    private final String cursor;
    private final ListVisibility fast;
    private final Function<Form, String> sql;
    private final Object[] parameters;

    /**
     * @param page       null when all of it is wanted
     * @param shape      a name for the query; together with the reader's being known, the direction and the limit it decides {@code sql}'s text
     * @param cursor     the column the list is paged by
     * @param fast       how the rule may be spelled for this list; null = as it is
     * @param sql        the query, in the form given
     * @param parameters those after the first, which is the reader's id; of a page the third of them is its limit
     */
    public Listing(Database database, Viewer viewer, Page page, String shape, String cursor, ListVisibility fast, Function<Form, String> sql, Object... parameters) {
        this.database = database;
        this.viewer = viewer;
        this.page = page;
        this.shape = shape;
        this.cursor = cursor;
        this.fast = fast;
        this.sql = sql;
        this.parameters = parameters;
    }

    /** A post and the id its list is paged by. */
    public record Listed(long cursor, Status status) {
    }

    private record Shape(String name, boolean known, boolean ascending, int limit, boolean fast) {
    }

    /** One statement; two where the fast one could not tell about some post. */
    public Glanced glances() {
        return fast().orElseGet(this::byRule);
    }

    /** Nothing when the rule has to be asked. */
    Optional<Glanced> fast() {
        return fast == null ? Optional.empty() : new StatusGlances(database).readCertain(viewer, statement(fast), parameters);
    }

    Glanced byRule() {
        return new StatusGlances(database).read(viewer, statement(null), parameters);
    }

    private String statement(ListVisibility rule) {
        Shape wanted = new Shape(shape, !viewer.isAnonymous(), page != null && page.ascending(), page == null ? 0 : page.limit(), rule != null);
        String statement = STATEMENTS.get(wanted);
        if (statement == null) {
            statement = rule == null ? StatusGlances.sql(query(StatusGlances.keys(cursor), null), wanted.known, parameters.length + 1)
                : StatusGlances.fastSql(unseen(query(StatusGlances.fastKeys(cursor, rule), rule)), rule, parameters.length + 1);
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
        Object[] all = new Object[parameters.length + 1];
        all[0] = viewer.idOrNull();
        System.arraycopy(parameters, 0, all, 1, parameters.length);
        List<Listed> found = database.list(query(StatusStore.COLUMNS + ", " + cursor + " as cursor" + (page == null ? "" : ", $4::int as bound"), null),
            Listing::listed, all);
        return page != null && page.ascending() ? found.reversed() : found;
    }

    private static Listed listed(Row row) {
        return new Listed(row.getLong("cursor"), StatusStore.map(row));
    }
}
