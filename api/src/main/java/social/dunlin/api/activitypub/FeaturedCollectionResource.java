package social.dunlin.api.activitypub;

import com.fasterxml.jackson.databind.node.TextNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import social.dunlin.account.Account;
import social.dunlin.activitypub.FeatureDocuments;
import social.dunlin.activitypub.OrderedCollectionDocument;
import social.dunlin.activitypub.TombstoneDocument;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.federation.document.CollectionDocuments;
import social.dunlin.federation.document.CollectionDocuments.Authorization;
import social.dunlin.refusal.Refusal;

/** Collections of accounts that local people made, and their consent to stand in such (FEP-7aa9). */
@Path("/users/{name}")
@RunOnVirtualThread
public class FeaturedCollectionResource {
    private final Caller caller;
    private final LocalActors actors;
    private final CollectionDocuments collections;
    private final SignedRequests signatures;

    public FeaturedCollectionResource(Caller caller, LocalActors actors, CollectionDocuments collections, SignedRequests signatures) {
        this.caller = caller;
        this.actors = actors;
        this.collections = collections;
        this.signatures = signatures;
    }

    @GET
    @Path("/collections")
    @Access(Level.SIGNATURE)
    public Response all(@PathParam("name") String name) {
        Account maker = actors.existing(caller.domain(), name);
        signatures.viewerOf(maker);
        return ActivityPubNegotiation.document(OrderedCollectionDocument.whole(uris().featuredCollections(maker.username()),
            collections.uris(maker, uris()).stream().map(TextNode::valueOf).toList()));
    }

    @GET
    @Path("/collections/{id: [0-9]{1,18}}")
    @Access(Level.SIGNATURE)
    public Response one(@PathParam("name") String name, @PathParam("id") long id) {
        Account maker = actors.existing(caller.domain(), name);
        signatures.viewerOf(maker);
        return ActivityPubNegotiation.document(FeatureDocuments.of(collections.of(maker, uris(), id).orElseThrow(Refusal::notFound)));
    }

    /** Says nothing but that they agree, so everybody may read it; 410 once it is taken back. */
    @GET
    @Path("/feature_authorizations/{id: [0-9]{1,18}}")
    @Access(Level.SIGNATURE)
    public Response authorization(@PathParam("name") String name, @PathParam("id") long id) {
        Account member = actors.existing(caller.domain(), name);
        signatures.viewerIfKnown();
        Authorization found = collections.authorization(member, id).orElseThrow(Refusal::notFound);
        String uri = Uris.featureAuthorization(member.uri(), id);
        return found.revoked() ? ActivityPubNegotiation.gone(TombstoneDocument.of(uri, "FeatureAuthorization", null))
            : ActivityPubNegotiation.document(FeatureDocuments.authorization(uri, member.uri(), found.collectionUri()));
    }

    private Uris uris() {
        return new Uris(caller.domain().baseUrl());
    }
}
