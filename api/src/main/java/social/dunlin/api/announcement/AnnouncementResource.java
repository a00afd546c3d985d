package social.dunlin.api.announcement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import social.dunlin.announcement.Announcements;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.AnnouncementEntity;
import social.dunlin.api.entity.AnnouncementRenderer;
import social.dunlin.api.request.Parameters;

/** {@code /api/v1/announcements}. */
@Path("/api/v1/announcements")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AnnouncementResource {
    private final Announcements announcements;
    private final AnnouncementRenderer renderer;
    private final Parameters parameters;
    private final Caller caller;

    public AnnouncementResource(Announcements announcements, AnnouncementRenderer renderer, Parameters parameters, Caller caller) {
        this.announcements = announcements;
        this.renderer = renderer;
        this.parameters = parameters;
        this.caller = caller;
    }

    /** Those not put away yet; all with {@code with_dismissed}. */
    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:accounts")
    public List<AnnouncementEntity> announcements() {
        return renderer.render(announcements.current(caller.accountId(), caller.domain().id(), parameters.flag("with_dismissed", false)), caller.accountId(), caller.domain());
    }

    @POST
    @Path("/{id}/dismiss")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public Map<String, Object> dismiss(@PathParam("id") long id) {
        announcements.read(caller.accountId(), caller.domain().id(), id);
        return Map.of();
    }

    @PUT
    @Path("/{id}/reactions/{name}")
    @Access(value = Level.USER_TOKEN, scopes = "write:favourites")
    public Map<String, Object> react(@PathParam("id") long id, @PathParam("name") String name) {
        announcements.react(caller.accountId(), caller.domain().id(), id, name);
        return Map.of();
    }

    @DELETE
    @Path("/{id}/reactions/{name}")
    @Access(value = Level.USER_TOKEN, scopes = "write:favourites")
    public Map<String, Object> unreact(@PathParam("id") long id, @PathParam("name") String name) {
        announcements.unreact(caller.accountId(), caller.domain().id(), id, name);
        return Map.of();
    }
}
