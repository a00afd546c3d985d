package social.dunlin.api.notification;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.NotificationEntity;
import social.dunlin.api.entity.NotificationRenderer;
import social.dunlin.api.request.Links;
import social.dunlin.api.request.Parameters;
import social.dunlin.notification.Notification;
import social.dunlin.notification.NotificationService;
import social.dunlin.refusal.Refusal;

/** {@code /api/v1/notifications}. */
@Path("/api/v1/notifications")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class NotificationResource {
    private final NotificationService notifications;
    private final NotificationRenderer renderer;
    private final NotificationQuery query;
    private final Links links;
    private final Parameters parameters;
    private final Caller caller;

    public NotificationResource(NotificationService notifications, NotificationRenderer renderer, NotificationQuery query, Links links,
                                Parameters parameters, Caller caller) {
        this.notifications = notifications;
        this.renderer = renderer;
        this.query = query;
        this.links = links;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public Response list() {
        if (query.matchesNothing()) {
            return Response.ok(List.of()).build();
        }
        List<Notification> page = notifications.list(caller.accountId(), query.page(), query.types(), query.excluded(), query.from(),
            query.filteredToo());
        return Links.answer(renderer.render(page, query.unknownToClient()), links.timeline(page.stream().map(Notification::id).toList()));
    }

    @GET
    @Path("/unread_count")
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public Map<String, Integer> unread() {
        return query.unread();
    }

    @GET
    @Path("/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public NotificationEntity get(@PathParam("id") long id) {
        return renderer.render(List.of(notifications.get(caller.accountId(), id).orElseThrow(Refusal::notFound)), query.unknownToClient()).getFirst();
    }

    @POST
    @Path("/{id:[0-9]+}/dismiss")
    @Access(value = Level.USER_TOKEN, scopes = "write:notifications")
    public Map<String, String> dismiss(@PathParam("id") long id) {
        notifications.dismiss(caller.accountId(), id);
        return Map.of();
    }

    /** The older form, with the id as a parameter. */
    @POST
    @Path("/dismiss")
    @Access(value = Level.USER_TOKEN, scopes = "write:notifications")
    public Map<String, String> dismissByParameter() {
        notifications.dismiss(caller.accountId(), parameters.id("id").orElseThrow(Refusal::notFound));
        return Map.of();
    }

    @POST
    @Path("/clear")
    @Access(value = Level.USER_TOKEN, scopes = "write:notifications")
    public Map<String, String> clear() {
        notifications.clear(caller.accountId());
        return Map.of();
    }
}
