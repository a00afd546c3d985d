package social.dunlin.api.timeline;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.request.Parameters;
import social.dunlin.paging.Page;
import social.dunlin.timeline.Timelines;

/** {@code /api/v1/favourites} and {@code /api/v1/bookmarks}: what the reader keeps. */
@Path("/api/v1")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class KeptStatusResource {
    private final Timelines timelines;
    private final StatusPages pages;
    private final Parameters parameters;
    private final Caller caller;

    public KeptStatusResource(Timelines timelines, StatusPages pages, Parameters parameters, Caller caller) {
        this.timelines = timelines;
        this.pages = pages;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Path("/favourites")
    @Access(value = Level.USER_TOKEN, scopes = "read:favourites")
    public Response favourites() {
        Page page = page();
        return pages.kept(timelines.favourites(caller.accountId(), page).glances(), page);
    }

    @GET
    @Path("/bookmarks")
    @Access(value = Level.USER_TOKEN, scopes = "read:bookmarks")
    public Response bookmarks() {
        Page page = page();
        return pages.kept(timelines.bookmarks(caller.accountId(), page).glances(), page);
    }

    private Page page() {
        return parameters.page(StatusPages.DEFAULT, StatusPages.MAXIMUM);
    }
}
