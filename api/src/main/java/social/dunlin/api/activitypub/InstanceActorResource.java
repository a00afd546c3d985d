package social.dunlin.api.activitypub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import social.dunlin.activitypub.OrderedCollectionDocument;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.federation.document.ActorDocuments;

/** The instance actor, open to everybody: servers read it to check the signature of the very request for their own. */
@Path("/actor")
@RunOnVirtualThread
public class InstanceActorResource {
    private final Caller caller;
    private final ActorDocuments documents;
    private final Inbox inbox;

    public InstanceActorResource(Caller caller, ActorDocuments documents, Inbox inbox) {
        this.caller = caller;
        this.documents = documents;
        this.inbox = inbox;
    }

    @GET
    @Access(Level.SIGNATURE)
    public Response actor() {
        return ActivityPubNegotiation.document(documents.instanceActor(caller.domain()));
    }

    @GET
    @Path("/outbox")
    @Access(Level.SIGNATURE)
    public Response outbox() {
        return ActivityPubNegotiation.document(OrderedCollectionDocument.whole(new Uris(caller.domain().baseUrl()).instanceActor() + "/outbox", List.of()));
    }

    @POST
    @Path("/inbox")
    @Access(Level.SIGNATURE)
    public Response inbox(@HeaderParam("Content-Type") String type, @HeaderParam("Content-Length") Long length, InputStream body) throws IOException {
        return inbox.receive(type, length, body);
    }
}
