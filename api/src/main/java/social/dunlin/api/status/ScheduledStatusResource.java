package social.dunlin.api.status;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
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
import social.dunlin.api.entity.ScheduledStatusEntity;
import social.dunlin.api.entity.ScheduledStatusRenderer;
import social.dunlin.api.request.Links;
import social.dunlin.api.request.Parameters;
import social.dunlin.paging.Page;
import social.dunlin.status.ScheduledStatus;
import social.dunlin.status.ScheduledStatuses;

/** {@code /api/v1/scheduled_statuses}: one's posts that wait for their time. */
@Path("/api/v1/scheduled_statuses")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ScheduledStatusResource {
    private static final int DEFAULT = 20;
    private static final int MAXIMUM = 40;

    private final ScheduledStatuses scheduled;
    private final ScheduledStatusRenderer renderer;
    private final Links links;
    private final Parameters parameters;
    private final Caller caller;

    public ScheduledStatusResource(ScheduledStatuses scheduled, ScheduledStatusRenderer renderer, Links links, Parameters parameters, Caller caller) {
        this.scheduled = scheduled;
        this.renderer = renderer;
        this.links = links;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:statuses")
    public Response list() {
        Page page = parameters.page(DEFAULT, MAXIMUM);
        List<ScheduledStatus> found = scheduled.list(caller.account(), page);
        return Links.answer(renderer.render(found), links.statuses(found.stream().map(ScheduledStatus::id).toList(), page.limit()));
    }

    @GET
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "read:statuses")
    public ScheduledStatusEntity get(@PathParam("id") long id) {
        return renderer.render(scheduled.own(caller.account(), id));
    }

    @PUT
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "write:statuses")
    public ScheduledStatusEntity move(@PathParam("id") long id) {
        return renderer.render(scheduled.move(caller.account(), id, StatusForm.scheduledAt(parameters)));
    }

    @DELETE
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "write:statuses")
    public Map<String, Object> cancel(@PathParam("id") long id) {
        scheduled.cancel(caller.account(), id);
        return Map.of();
    }
}
