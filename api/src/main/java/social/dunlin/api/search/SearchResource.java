package social.dunlin.api.search;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.SearchEntity;

/** {@code /api/v2/search}. */
@Path("/api/v2/search")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {
    private final Searches searches;

    public SearchResource(Searches searches) {
        this.searches = searches;
    }

    @GET
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:search")
    public SearchEntity search() {
        return searches.search();
    }
}
