package social.dunlin.api.search;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.SearchV1Entity;

/** {@code /api/v1/search}: gone from Mastodon since 3.0, but clients still ask it. Hashtags are bare names. */
@Path("/api/v1/search")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SearchV1Resource {
    private final Searches searches;

    public SearchV1Resource(Searches searches) {
        this.searches = searches;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:search")
    public SearchV1Entity search() {
        return SearchV1Entity.of(searches.search());
    }
}
