package social.dunlin.api.activitypub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;

/** The inbox of one account. */
@Path("/users/{name}/inbox")
@RunOnVirtualThread
public class PersonalInboxResource {
    private final Caller caller;
    private final LocalActors actors;
    private final Inbox inbox;

    public PersonalInboxResource(Caller caller, LocalActors actors, Inbox inbox) {
        this.caller = caller;
        this.actors = actors;
        this.inbox = inbox;
    }

    @POST
    @Access(Level.SIGNATURE)
    public Response receive(@PathParam("name") String name, @HeaderParam("Content-Type") String type,
            @HeaderParam("Content-Length") Long length, InputStream body) throws IOException {
        actors.existing(caller.domain(), name);
        return inbox.receive(type, length, body);
    }
}
