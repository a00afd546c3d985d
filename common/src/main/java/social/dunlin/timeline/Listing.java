package social.dunlin.timeline;

import io.vertx.sqlclient.Row;
import java.util.List;
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
    private final Database database;
    private final Viewer viewer;
    private final Page page;
    private final String cursor;
    private final Function<String, String> sql;
    private final Object[] parameters;

    /**
     * @param page       null when all of it is wanted
     * @param cursor     the column the list is paged by
     * @param sql        the query that selects these columns
     * @param parameters those after the first, which is the reader's id; of a page the third of them is its limit
     */
    public Listing(Database database, Viewer viewer, Page page, String cursor, Function<String, String> sql, Object... parameters) {
        this.database = database;
        this.viewer = viewer;
        this.page = page;
        this.cursor = cursor;
        this.sql = sql;
        this.parameters = parameters;
    }

    /** A post and the id its list is paged by. */
    public record Listed(long cursor, Status status) {
    }

    /** One statement. */
    public Glanced glances() {
        return new StatusGlances(database).find(viewer, bounded(sql.apply(StatusGlances.keys(cursor))), parameters);
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
