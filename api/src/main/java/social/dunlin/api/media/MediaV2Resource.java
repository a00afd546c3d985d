package social.dunlin.api.media;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.Limited;
import social.dunlin.api.entity.MediaRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaUploads;

/** Files for posts, for clients that ask again when it takes longer (reference: behaviours §11). */
@Path("/api/v2/media")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MediaV2Resource {
    private static final Duration FOR_PICTURES = Duration.ofSeconds(8);
    private static final Duration FOR_FILMS = Duration.ofMillis(200);

    private final MediaUploads uploads;
    private final MediaRenderer renderer;
    private final Parameters parameters;
    private final Caller caller;

    public MediaV2Resource(MediaUploads uploads, MediaRenderer renderer, Parameters parameters, Caller caller) {
        this.uploads = uploads;
        this.renderer = renderer;
        this.parameters = parameters;
        this.caller = caller;
    }

    /** 200 when it is ready within a moment, as pictures are; 202 while it is not. */
    @POST
    @Access(value = Level.USER_TOKEN, scopes = "write:media")
    @Limited(Limit.MEDIA_UPLOAD)
    public Response upload() {
        MediaAttachment taken = uploads.attachment(caller.account(), Uploads.requiredFile(parameters), Uploads.wish(parameters));
        MediaAttachment attachment = uploads.await(taken, taken.type().equals("image") ? FOR_PICTURES : FOR_FILMS);
        Uploads.refuseFailed(attachment);
        return Response.status(attachment.isReady() ? Response.Status.OK : Response.Status.ACCEPTED).entity(renderer.render(attachment)).build();
    }
}
