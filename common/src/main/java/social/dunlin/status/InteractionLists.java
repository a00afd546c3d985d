package social.dunlin.status;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** SQL of who did what to a post, newest first, paged by the relation's own id. */
@ApplicationScoped
public class InteractionLists {
    private final Database database;

    public InteractionLists(Database database) {
        this.database = database;
    }

    /** @param cursor id of the relation, for paging */
    public record Listed(long cursor, long accountId) {
    }

    /** Index: favourite_of_status. */
    List<Listed> favouritedBy(Viewer viewer, long statusId, Page page) {
        return list("""
            select favourite.id as cursor, favourite.account_id from favourite
            join account person on person.id = favourite.account_id and person.suspended_at is null and person.deleted_at is null
            where favourite.status_id = $2 and favourite.id < $3 and favourite.id > $4 and %s
            order by favourite.id %s limit $5""".formatted(notHidden(), page.direction()), viewer, statusId, page);
    }

    /** Index: status_reblogs. */
    List<Listed> rebloggedBy(Viewer viewer, long statusId, Page page) {
        return list("""
            select status.id as cursor, status.account_id from status
            join account person on person.id = status.account_id
            where status.reblog_of_id = $2 and status.id < $3 and status.id > $4 and %s and %s
            order by status.id %s limit $5""".formatted(StatusVisibility.visibleTo("$1::bigint"), notHidden(), page.direction()), viewer, statusId, page);
    }

    private static String notHidden() {
        return "($1::bigint is null or not " + StatusVisibility.hiddenFrom("person", "$1::bigint") + ")";
    }

    private List<Listed> list(String sql, Viewer viewer, long statusId, Page page) {
        List<Listed> found = database.list(sql, InteractionLists::map, viewer.idOrNull(), statusId, page.before(), page.after(), page.limit());
        return page.ascending() ? found.reversed() : found;
    }

    private static Listed map(Row row) {
        return new Listed(row.getLong("cursor"), row.getLong("account_id"));
    }
}
