package social.dunlin.timeline;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.status.Status;
import social.dunlin.status.StatusGlances;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.status.StatusStore;
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
    private final Function<String, String> sql;
    private final Object[] parameters;

    /**
     * @param page       null when all of it is wanted
     * @param shape      a name for the query; together with the reader's being known, the direction and the limit it decides {@code sql}'s text
     * @param cursor     the column the list is paged by
     * @param sql        the query that selects these columns
     * @param parameters those after the first, which is the reader's id; of a page the third of them is its limit
     */
    public Listing(Database database, Viewer viewer, Page page, String shape, String cursor, Function<String, String> sql, Object... parameters) {
        this.database = database;
        this.viewer = viewer;
        this.page = page;
        this.shape = shape;
        this.cursor = cursor;
        this.sql = sql;
        this.parameters = parameters;
    }

    /** A post and the id its list is paged by. */
    public record Listed(long cursor, Status status) {
    }

    private record Shape(String name, boolean known, boolean ascending, int limit) {
    }

    /** One statement. */
    public Glanced glances() {
        Shape wanted = new Shape(shape, !viewer.isAnonymous(), page != null && page.ascending(), page == null ? 0 : page.limit());
        String statement = STATEMENTS.get(wanted);
        if (statement == null) {
            statement = StatusGlances.sql(bounded(sql.apply(StatusGlances.keys(cursor))), wanted.known, parameters.length + 1);
            if (STATEMENTS.size() < MOST_STATEMENTS) {
                STATEMENTS.put(wanted, statement);
            }
        }
        return new StatusGlances(database).read(viewer, statement, parameters);
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
        List<Listed> found = database.list(bounded(sql.apply(StatusStore.COLUMNS + ", " + cursor + " as cursor" + (page == null ? "" : ", $4::int as bound"))),
            Listing::listed, all);
        return page != null && page.ascending() ? found.reversed() : found;
    }

    private static Listed listed(Row row) {
        return new Listed(row.getLong("cursor"), StatusStore.map(row));
    }
}
