package social.dunlin.api.status;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.Limited;
import social.dunlin.api.entity.RawJson;
import social.dunlin.api.entity.StatusJsonRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.status.Status;
import social.dunlin.status.StatusActions;

/** {@code /api/v1/statuses/:id/…}: what one does to a post. Each can be repeated; the answer is the new state. */
@Path("/api/v1/statuses")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class StatusActionResource {
    private final StatusActions actions;
    private final StatusJsonRenderer renderer;
    private final Parameters parameters;
    private final Caller caller;

    public StatusActionResource(StatusActions actions, StatusJsonRenderer renderer, Parameters parameters, Caller caller) {
        this.actions = actions;
        this.renderer = renderer;
        this.parameters = parameters;
        this.caller = caller;
    }

    @POST
    @Path("/{id}/favourite")
    @Access(value = Level.USER_TOKEN, scopes = "write:favourites")
    public RawJson favourite(@PathParam("id") long id) {
        return answer(actions.favourite(caller.account(), id));
    }

    @POST
    @Path("/{id}/unfavourite")
    @Access(value = Level.USER_TOKEN, scopes = "write:favourites")
    public RawJson unfavourite(@PathParam("id") long id) {
        return answer(actions.unfavourite(caller.account(), id));
    }

    /** The boost's own post, with what it boosts inside. */
    @POST
    @Path("/{id}/reblog")
    @Access(value = Level.USER_TOKEN, scopes = "write:statuses")
    @Limited(Limit.STATUS)
    public RawJson reblog(@PathParam("id") long id) {
        return answer(actions.reblog(caller.account(), id,
            parameters.text("visibility").filter(text -> !text.isBlank()).map(StatusForm::visibility).orElse(null)));
    }

    /** The post that was boosted. */
    @POST
    @Path("/{id}/unreblog")
    @Access(value = Level.USER_TOKEN, scopes = "write:statuses")
    @Limited(Limit.STATUS_REMOVAL)
    public RawJson unreblog(@PathParam("id") long id) {
        return answer(actions.unreblog(caller.account(), id));
    }

    @POST
    @Path("/{id}/bookmark")
    @Access(value = Level.USER_TOKEN, scopes = "write:bookmarks")
    public RawJson bookmark(@PathParam("id") long id) {
        return answer(actions.bookmark(caller.account(), id));
    }

    @POST
    @Path("/{id}/unbookmark")
    @Access(value = Level.USER_TOKEN, scopes = "write:bookmarks")
    public RawJson unbookmark(@PathParam("id") long id) {
        return answer(actions.unbookmark(caller.account(), id));
    }

    @POST
    @Path("/{id}/pin")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public RawJson pin(@PathParam("id") long id) {
        return answer(actions.pin(caller.account(), id));
    }

    @POST
    @Path("/{id}/unpin")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public RawJson unpin(@PathParam("id") long id) {
        return answer(actions.unpin(caller.account(), id));
    }

    @POST
    @Path("/{id}/mute")
    @Access(value = Level.USER_TOKEN, scopes = "write:mutes")
    public RawJson mute(@PathParam("id") long id) {
        return answer(actions.mute(caller.account(), id));
    }

    @POST
    @Path("/{id}/unmute")
    @Access(value = Level.USER_TOKEN, scopes = "write:mutes")
    public RawJson unmute(@PathParam("id") long id) {
        return answer(actions.unmute(caller.account(), id));
    }

    private RawJson answer(Status status) {
        return renderer.render(status, caller.viewer());
    }
}
