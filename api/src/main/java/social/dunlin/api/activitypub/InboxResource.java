package social.dunlin.api.activitypub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Level;

/** The inbox of everybody here. */
@Path("/inbox")
@RunOnVirtualThread
public class InboxResource {
    private final Inbox inbox;

    public InboxResource(Inbox inbox) {
        this.inbox = inbox;
    }

    @POST
    @Access(Level.SIGNATURE)
    public Response receive(@HeaderParam("Content-Type") String type, @HeaderParam("Content-Length") Long length, InputStream body) throws IOException {
        return inbox.receive(type, length, body);
    }
}
