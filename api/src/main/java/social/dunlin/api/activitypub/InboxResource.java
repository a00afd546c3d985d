package social.dunlin.api.activitypub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.refusal.Refusal;

/** Takes activities in; {@link InboxReception} says which. */
@Path("/")
@RunOnVirtualThread
public class InboxResource {
    private final Caller caller;
    private final LocalActors actors;
    private final SignedRequests requests;
    private final InboxReception reception;

    public InboxResource(Caller caller, LocalActors actors, SignedRequests requests, InboxReception reception) {
        this.caller = caller;
        this.actors = actors;
        this.requests = requests;
        this.reception = reception;
    }

    @POST
    @Path("/inbox")
    @Access(Level.SIGNATURE)
    public Response shared(@HeaderParam("Content-Type") String type, @HeaderParam("Content-Length") Long length, InputStream body) throws IOException {
        return receive(type, length, body);
    }

    @POST
    @Path("/actor/inbox")
    @Access(Level.SIGNATURE)
    public Response instanceActor(@HeaderParam("Content-Type") String type, @HeaderParam("Content-Length") Long length, InputStream body) throws IOException {
        return receive(type, length, body);
    }

    @POST
    @Path("/users/{name}/inbox")
    @Access(Level.SIGNATURE)
    public Response personal(@PathParam("name") String name, @HeaderParam("Content-Type") String type,
            @HeaderParam("Content-Length") Long length, InputStream body) throws IOException {
        actors.existing(caller.domain(), name);
        return receive(type, length, body);
    }

    private Response receive(String type, Long length, InputStream body) throws IOException {
        reception.receive(type, requests.current(read(length, body)));
        return Response.accepted().build();
    }

    private static byte[] read(Long length, InputStream body) throws IOException {
        if (length != null && length > ActivityJson.MAXIMUM_SIZE) {
            throw tooLarge();
        }
        byte[] bytes = body.readNBytes(ActivityJson.MAXIMUM_SIZE + 1);
        if (bytes.length > ActivityJson.MAXIMUM_SIZE) {
            throw tooLarge();
        }
        return bytes;
    }

    private static Refusal tooLarge() {
        return new Refusal(413, "The activity is larger than 1 MiB");
    }
}
