package social.dunlin.api.search;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.TagEntity;
import social.dunlin.api.entity.TagRenderer;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.Hashtag;

/** {@code /api/v1/tags/:name}: a hashtag, whether it was ever used or not. */
@Path("/api/v1/tags")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TagResource {
    private final TagRenderer renderer;
    private final Caller caller;

    public TagResource(TagRenderer renderer, Caller caller) {
        this.renderer = renderer;
        this.caller = caller;
    }

    @GET
    @Path("/{name}")
    @Access(Level.PUBLIC)
    public TagEntity tag(@PathParam("name") String name) {
        return renderer.render(Hashtag.of(name).orElseThrow(Refusal::notFound), caller.domain());
    }
}
