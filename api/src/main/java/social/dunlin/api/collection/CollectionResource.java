package social.dunlin.api.collection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.CollectionItemEntity;
import social.dunlin.api.entity.CollectionRenderer;
import social.dunlin.api.entity.CollectionsEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.collection.CollectionService;
import social.dunlin.collection.CollectionService.Change;
import social.dunlin.refusal.Refusal;

/** {@code /api/v1/collections}: recommending accounts to others. */
@Path("/api/v1/collections")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CollectionResource {
    private final CollectionService collections;
    private final CollectionRenderer renderer;
    private final Parameters parameters;
    private final Caller caller;

    public CollectionResource(CollectionService collections, CollectionRenderer renderer, Parameters parameters, Caller caller) {
        this.collections = collections;
        this.renderer = renderer;
        this.parameters = parameters;
        this.caller = caller;
    }

    @POST
    @Access(value = Level.USER_TOKEN, scopes = "write:collections")
    public CollectionsEntity.Single create() {
        return renderer.render(collections.create(caller.accountId(), change(), parameters.ids("account_ids")), caller.domain(), caller.viewer());
    }

    @GET
    @Path("/{id}")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:collections")
    public CollectionsEntity.WithAccounts get(@PathParam("id") long id) {
        return renderer.renderWithAccounts(collections.get(caller.viewer(), id), caller.domain(), caller.viewer());
    }

    @PUT
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "write:collections")
    public CollectionsEntity.Single update(@PathParam("id") long id) {
        return renderer.render(collections.update(caller.accountId(), id, change()), caller.domain(), caller.viewer());
    }

    @DELETE
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "write:collections")
    public Map<String, String> remove(@PathParam("id") long id) {
        collections.remove(caller.accountId(), id);
        return Map.of();
    }

    @POST
    @Path("/{id}/items")
    @Access(value = Level.USER_TOKEN, scopes = "write:collections")
    public CollectionItemEntity.Wrapped add(@PathParam("id") long id) {
        parameters.requiredText("account_id");
        return new CollectionItemEntity.Wrapped(CollectionItemEntity.of(
            collections.add(caller.accountId(), id, parameters.id("account_id").orElseThrow(Refusal::notFound))));
    }

    @DELETE
    @Path("/{id}/items/{item}")
    @Access(value = Level.USER_TOKEN, scopes = "write:collections")
    public Map<String, String> removeItem(@PathParam("id") long id, @PathParam("item") long item) {
        collections.removeItem(caller.accountId(), id, item);
        return Map.of();
    }

    /** Whoever stands in it leaves it. */
    @POST
    @Path("/{id}/items/{item}/revoke")
    @Access(value = Level.USER_TOKEN, scopes = "write:collections")
    public Map<String, String> revoke(@PathParam("id") long id, @PathParam("item") long item) {
        collections.revoke(caller.accountId(), id, item);
        return Map.of();
    }

    private Change change() {
        return new Change(parameters.text("name").orElse(null), parameters.text("description").orElse(null), parameters.text("language").orElse(null),
            parameters.flag("sensitive").orElse(null), parameters.flag("discoverable").orElse(null), parameters.text("tag_name").orElse(null));
    }
}
