package social.dunlin.api.activitypub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.activitypub.OrderedCollectionDocument;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.federation.document.ActorDocuments;

/** Actors. The instance actor is open to everybody: servers read it to check the signature of the very request for their own. */
@Path("/")
@RunOnVirtualThread
public class ActorResource {
    private final Caller caller;
    private final LocalActors actors;
    private final ActorDocuments documents;
    private final SignedRequests signatures;

    public ActorResource(Caller caller, LocalActors actors, ActorDocuments documents, SignedRequests signatures) {
        this.caller = caller;
        this.actors = actors;
        this.documents = documents;
        this.signatures = signatures;
    }

    @GET
    @Path("/actor")
    @Access(Level.SIGNATURE)
    public Response instanceActor() {
        return ActivityPubNegotiation.document(documents.instanceActor(caller.domain()));
    }

    @GET
    @Path("/actor/outbox")
    @Access(Level.SIGNATURE)
    public Response instanceOutbox() {
        return ActivityPubNegotiation.document(OrderedCollectionDocument.whole(new Uris(caller.domain().baseUrl()).instanceActor() + "/outbox", List.of()));
    }

    @GET
    @Path("/users/{name}")
    @Access(Level.SIGNATURE)
    public Response person(@PathParam("name") String name, @HeaderParam("Accept") String accept) {
        Account account = actors.existing(caller.domain(), name);
        if (!ActivityPubNegotiation.wantsActivity(accept)) {
            return ActivityPubNegotiation.page(account.pageUrl());
        }
        signatures.viewerIfKnown();
        return ActivityPubNegotiation.document(documents.of(account));
    }
}
