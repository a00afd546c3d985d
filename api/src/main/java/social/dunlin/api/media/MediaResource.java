package social.dunlin.api.media;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.Limited;
import social.dunlin.api.entity.MediaAttachmentEntity;
import social.dunlin.api.entity.MediaRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaUploads;
import social.dunlin.media.UnattachedMedia;

/** Files for posts (reference: behaviours §11). */
@Path("/api/v1/media")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MediaResource {
    /** Clients of this version do not ask again. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTIAL_CONTENT = 206;

    private final MediaUploads uploads;
    private final UnattachedMedia unattached;
    private final MediaRenderer renderer;
    private final Parameters parameters;
    private final Caller caller;

    public MediaResource(MediaUploads uploads, UnattachedMedia unattached, MediaRenderer renderer, Parameters parameters, Caller caller) {
        this.uploads = uploads;
        this.unattached = unattached;
        this.renderer = renderer;
        this.parameters = parameters;
        this.caller = caller;
    }

    @POST
    @Access(value = Level.USER_TOKEN, scopes = "write:media")
    @Limited(Limit.MEDIA_UPLOAD)
    public MediaAttachmentEntity upload() {
        MediaAttachment attachment = uploads.await(uploads.attachment(caller.account(), Uploads.requiredFile(parameters), Uploads.wish(parameters)), PATIENCE);
        Uploads.refuseFailed(attachment);
        return renderer.render(attachment);
    }

    @GET
    @Path("/{id:\\d{1,18}}")
    @Access(value = Level.USER_TOKEN, scopes = "write:media")
    public Response show(@PathParam("id") long id) {
        MediaAttachment attachment = unattached.of(caller.accountId(), id);
        Uploads.refuseFailed(attachment);
        return Response.status(attachment.isReady() ? Response.Status.OK.getStatusCode() : PARTIAL_CONTENT).entity(renderer.render(attachment)).build();
    }

    @PUT
    @Path("/{id:\\d{1,18}}")
    @Access(value = Level.USER_TOKEN, scopes = "write:media")
    public MediaAttachmentEntity describe(@PathParam("id") long id) {
        double[] focus = Uploads.focus(parameters).orElse(null);
        return renderer.render(unattached.describe(caller.accountId(), id, parameters.text("description").orElse(null),
            focus == null ? null : focus[0], focus == null ? null : focus[1]));
    }

    @DELETE
    @Path("/{id:\\d{1,18}}")
    @Access(value = Level.USER_TOKEN, scopes = "write:media")
    public Map<String, Object> delete(@PathParam("id") long id) {
        unattached.delete(caller.accountId(), id);
        return Map.of();
    }
}
