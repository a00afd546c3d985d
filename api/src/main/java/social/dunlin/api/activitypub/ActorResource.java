package social.dunlin.api.activitypub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import social.dunlin.account.Account;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.federation.document.ActorDocuments;

/** People, bots and communities of this server as other servers read them. */
@Path("/users/{name}")
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
    @Access(Level.SIGNATURE)
    public Response person(@PathParam("name") String name, @HeaderParam("Accept") String accept) {
        Account account = actors.existing(caller.domain(), name);
        if (!ActivityPubNegotiation.wantsActivity(accept)) {
            return ActivityPubNegotiation.page(account.pageUrl());
        }
        signatures.viewerOf(account);
        return ActivityPubNegotiation.document(documents.of(account));
    }
}
