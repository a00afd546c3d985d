package social.dunlin.api.request;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import social.dunlin.api.access.Caller;

/**
 * The {@code Link} header of a page (reference: behaviours §2): absolute URLs, all other query parameters
 * repeated, in the exact form that clients take apart with simple patterns. Ids are given newest first.
 */
@RequestScoped
public class Links {
    private static final Set<String> CURSORS = Set.of("max_id", "since_id", "min_id");

    private final RoutingContext route;
    private final Caller caller;

    public Links(RoutingContext route, Caller caller) {
        this.route = route;
        this.caller = caller;
    }

    /** Timelines and notifications: a next page whenever this one is not empty; back by {@code min_id}. */
    public Optional<String> timeline(List<Long> ids) {
        return link(ids, true, "min_id");
    }

    /** Status lists paged by a relation row (favourites, bookmarks): a next page only when this one is full; back by {@code min_id}. */
    public Optional<String> statuses(List<Long> rowIds, int limit) {
        return link(rowIds, rowIds.size() >= limit, "min_id");
    }

    /** Account lists and the like, paged by the relation row: a next page only when this one is full; back by {@code since_id}. */
    public Optional<String> relation(List<Long> rowIds, int limit) {
        return link(rowIds, rowIds.size() >= limit, "since_id");
    }

    /** 200 with the entity and, when there is one, the header. */
    public static Response answer(Object entity, Optional<String> link) {
        Response.ResponseBuilder response = Response.ok(entity);
        link.ifPresent(text -> response.header(HttpHeaders.LINK, text));
        return response.build();
    }

    private Optional<String> link(List<Long> ids, boolean next, String previousCursor) {
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        String previous = "<%s>; rel=\"prev\"".formatted(url(previousCursor, ids.getFirst()));
        return Optional.of(next ? "<%s>; rel=\"next\", %s".formatted(url("max_id", ids.getLast()), previous) : previous);
    }

    private String url(String cursor, long id) {
        HttpServerRequest request = route.request();
        return url(caller.domain().baseUrl() + request.path(), request.query(), cursor, id);
    }

    static String url(String address, String query, String cursor, long id) {
        StringBuilder result = new StringBuilder(address).append('?');
        for (String part : query == null ? new String[0] : query.split("&")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!part.isEmpty() && !CURSORS.contains(name) && !isToken(name)) {
                result.append(escaped(part)).append('&');
            }
        }
        return result.append(cursor).append('=').append(id).toString();
    }

    /** A token sent in the query does not belong into an answer. */
    private static boolean isToken(String name) {
        return name.equals("access_token") || name.equals("bearer_token");
    }

    /** The query comes from the client: nothing of it may leave the angle brackets. */
    private static String escaped(String part) {
        return part.replace("<", "%3C").replace(">", "%3E").replace("\"", "%22");
    }
}
