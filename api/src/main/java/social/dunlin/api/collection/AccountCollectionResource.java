package social.dunlin.api.collection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.CollectionRenderer;
import social.dunlin.api.entity.CollectionsEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.search.AccountFinder;
import social.dunlin.collection.CollectionService;
import social.dunlin.refusal.Refusal;

/** The collections of an account, and for itself those it stands in; paged by {@code offset}. */
@Path("/api/v1/accounts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AccountCollectionResource {
    private static final int DEFAULT = 40;
    private static final int MAXIMUM = 100;

    private final CollectionService collections;
    private final CollectionRenderer renderer;
    private final Parameters parameters;
    private final Caller caller;

    public AccountCollectionResource(CollectionService collections, CollectionRenderer renderer, Parameters parameters, Caller caller) {
        this.collections = collections;
        this.renderer = renderer;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Path("/{id}/collections")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:collections")
    public CollectionsEntity of(@PathParam("id") long id) {
        return renderer.render(collections.of(caller.viewer(), id, limit(), AccountFinder.offset(parameters)), caller.domain(), caller.viewer());
    }

    @GET
    @Path("/{id}/in_collections")
    @Access(value = Level.USER_TOKEN, scopes = "read:collections")
    public CollectionsEntity containing(@PathParam("id") long id) {
        if (id != caller.accountId()) {
            throw Refusal.forbidden("This action is not allowed");
        }
        return renderer.render(collections.containing(id, limit(), AccountFinder.offset(parameters)), caller.domain(), caller.viewer());
    }

    private int limit() {
        return parameters.page(DEFAULT, MAXIMUM).limit();
    }
}
