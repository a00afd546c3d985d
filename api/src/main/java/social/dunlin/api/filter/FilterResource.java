package social.dunlin.api.filter;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.FilterEntity;
import social.dunlin.api.entity.FilterEntity.FilterStatusEntity;
import social.dunlin.api.entity.FilterEntity.KeywordEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.filter.FilterService;
import social.dunlin.refusal.Refusal;

/** {@code /api/v2/filters}: filters with their keywords and single posts. */
@Path("/api/v2/filters")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class FilterResource {
    private final FilterService filters;
    private final Parameters parameters;
    private final Caller caller;

    public FilterResource(FilterService filters, Parameters parameters, Caller caller) {
        this.filters = filters;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:filters")
    public List<FilterEntity> list() {
        return filters.list(caller.accountId()).stream().map(FilterEntity::of).toList();
    }

    @POST
    @Access(value = Level.USER_TOKEN, scopes = "write:filters")
    public FilterEntity create() {
        return FilterEntity.of(filters.create(caller.accountId(), FilterForm.read(parameters)));
    }

    @GET
    @Path("/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "read:filters")
    public FilterEntity get(@PathParam("id") long id) {
        return FilterEntity.of(filters.get(caller.accountId(), id));
    }

    @PUT
    @Path("/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "write:filters")
    public FilterEntity update(@PathParam("id") long id) {
        return FilterEntity.of(filters.update(caller.accountId(), id, FilterForm.read(parameters)));
    }

    @DELETE
    @Path("/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "write:filters")
    public Map<String, String> remove(@PathParam("id") long id) {
        filters.remove(caller.accountId(), id);
        return Map.of();
    }

    // ---------------------------------------------------------------- keywords

    @GET
    @Path("/{id:[0-9]+}/keywords")
    @Access(value = Level.USER_TOKEN, scopes = "read:filters")
    public List<KeywordEntity> keywords(@PathParam("id") long id) {
        return filters.get(caller.accountId(), id).keywords().stream().map(KeywordEntity::of).toList();
    }

    @POST
    @Path("/{id:[0-9]+}/keywords")
    @Access(value = Level.USER_TOKEN, scopes = "write:filters")
    public KeywordEntity addKeyword(@PathParam("id") long id) {
        return KeywordEntity.of(filters.addKeyword(caller.accountId(), id, FilterForm.keyword(parameters)));
    }

    @GET
    @Path("/keywords/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "read:filters")
    public KeywordEntity keyword(@PathParam("id") long id) {
        return KeywordEntity.of(filters.keyword(caller.accountId(), id));
    }

    @PUT
    @Path("/keywords/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "write:filters")
    public KeywordEntity updateKeyword(@PathParam("id") long id) {
        return KeywordEntity.of(filters.updateKeyword(caller.accountId(), id, FilterForm.keyword(parameters)));
    }

    @DELETE
    @Path("/keywords/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "write:filters")
    public Map<String, String> removeKeyword(@PathParam("id") long id) {
        filters.removeKeyword(caller.accountId(), id);
        return Map.of();
    }

    // ---------------------------------------------------------------- single posts

    @GET
    @Path("/{id:[0-9]+}/statuses")
    @Access(value = Level.USER_TOKEN, scopes = "read:filters")
    public List<FilterStatusEntity> statuses(@PathParam("id") long id) {
        return filters.get(caller.accountId(), id).statuses().stream().map(FilterStatusEntity::of).toList();
    }

    @POST
    @Path("/{id:[0-9]+}/statuses")
    @Access(value = Level.USER_TOKEN, scopes = "write:filters")
    public FilterStatusEntity addStatus(@PathParam("id") long id) {
        return FilterStatusEntity.of(filters.addStatus(caller.accountId(), id, parameters.id("status_id").orElseThrow(Refusal::notFound)));
    }

    @GET
    @Path("/statuses/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "read:filters")
    public FilterStatusEntity status(@PathParam("id") long id) {
        return FilterStatusEntity.of(filters.status(caller.accountId(), id));
    }

    @DELETE
    @Path("/statuses/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "write:filters")
    public FilterStatusEntity removeStatus(@PathParam("id") long id) {
        return FilterStatusEntity.of(filters.removeStatus(caller.accountId(), id));
    }
}
