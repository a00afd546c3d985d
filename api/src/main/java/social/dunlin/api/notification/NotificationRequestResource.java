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
import social.dunlin.api.entity.NotificationRenderer;
import social.dunlin.api.entity.NotificationRequestEntity;
import social.dunlin.api.request.Links;
import social.dunlin.api.request.Parameters;
import social.dunlin.notification.NotificationRequest;
import social.dunlin.notification.NotificationRequests;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;

/** {@code /api/v1/notifications/requests}: what the reader's policy set aside, sender by sender. */
@Path("/api/v1/notifications/requests")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class NotificationRequestResource {
    private static final int DEFAULT = 40;
    private static final int MAXIMUM = 80;

    private final NotificationRequests requests;
    private final NotificationRenderer renderer;
    private final Links links;
    private final Parameters parameters;
    private final Caller caller;

    public NotificationRequestResource(NotificationRequests requests, NotificationRenderer renderer, Links links, Parameters parameters, Caller caller) {
        this.requests = requests;
        this.renderer = renderer;
        this.links = links;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public Response list() {
        Page page = parameters.page(DEFAULT, MAXIMUM);
        List<NotificationRequest> found = requests.list(caller.accountId(), page);
        return Links.answer(renderer.renderRequests(found, caller.accountId()),
            links.statuses(found.stream().map(NotificationRequest::newestId).toList(), page.limit()));
    }

    /** What is accepted is shown at once, so there is never anything left to wait for. */
    @GET
    @Path("/merged")
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public Map<String, Boolean> merged() {
        return Map.of("merged", true);
    }

    @GET
    @Path("/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public NotificationRequestEntity get(@PathParam("id") long id) {
        return renderer.renderRequests(List.of(requests.get(caller.accountId(), id).orElseThrow(Refusal::notFound)), caller.accountId()).getFirst();
    }

    @POST
    @Path("/accept")
    @Access(value = Level.USER_TOKEN, scopes = "write:notifications")
    public Map<String, String> acceptAll() {
        requests.accept(caller.accountId(), parameters.ids("id"));
        return Map.of();
    }

    @POST
    @Path("/dismiss")
    @Access(value = Level.USER_TOKEN, scopes = "write:notifications")
    public Map<String, String> dismissAll() {
        requests.dismiss(caller.accountId(), parameters.ids("id"));
        return Map.of();
    }

    @POST
    @Path("/{id:[0-9]+}/accept")
    @Access(value = Level.USER_TOKEN, scopes = "write:notifications")
    public Map<String, String> accept(@PathParam("id") long id) {
        return found(requests.accept(caller.accountId(), List.of(id)));
    }

    @POST
    @Path("/{id:[0-9]+}/dismiss")
    @Access(value = Level.USER_TOKEN, scopes = "write:notifications")
    public Map<String, String> dismiss(@PathParam("id") long id) {
        return found(requests.dismiss(caller.accountId(), List.of(id)));
    }

    private static Map<String, String> found(int number) {
        if (number == 0) {
            throw Refusal.notFound();
        }
        return Map.of();
    }
}
