package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.FeaturedTagEntity;
import social.dunlin.api.entity.TagEntity;
import social.dunlin.api.entity.TagRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.status.FeaturedTags;

/** {@code /api/v1/featured_tags}: the hashtags on one's own profile. */
@Path("/api/v1/featured_tags")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class FeaturedTagResource {
    private final FeaturedTags tags;
    private final TagRenderer renderer;
    private final Parameters parameters;
    private final Caller caller;

    public FeaturedTagResource(FeaturedTags tags, TagRenderer renderer, Parameters parameters, Caller caller) {
        this.tags = tags;
        this.renderer = renderer;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:accounts")
    public List<FeaturedTagEntity> own() {
        return tags.of(caller.accountId()).stream().map(tag -> FeaturedTagEntity.of(tag, caller.domain())).toList();
    }

    @POST
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public FeaturedTagEntity feature() {
        return FeaturedTagEntity.of(tags.feature(caller.accountId(), parameters.requiredText("name")), caller.domain());
    }

    @DELETE
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public Map<String, String> unfeature(@PathParam("id") long id) {
        tags.unfeature(caller.accountId(), id);
        return Map.of();
    }

    @GET
    @Path("/suggestions")
    @Access(value = Level.USER_TOKEN, scopes = "read:accounts")
    public List<TagEntity> suggestions() {
        return renderer.render(tags.suggestions(caller.accountId()), caller.domain(), caller.viewer());
    }
}
