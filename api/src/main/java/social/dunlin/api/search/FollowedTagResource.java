package social.dunlin.api.search;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.TagRenderer;
import social.dunlin.api.request.Links;
import social.dunlin.api.request.Parameters;
import social.dunlin.paging.Page;
import social.dunlin.tag.TagFollows;
import social.dunlin.tag.TagFollows.FollowedTag;

/** {@code /api/v1/followed_tags}. */
@Path("/api/v1/followed_tags")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class FollowedTagResource {
    private static final int DEFAULT = 100;
    private static final int MAXIMUM = 200;

    private final TagFollows follows;
    private final TagRenderer renderer;
    private final Links links;
    private final Parameters parameters;
    private final Caller caller;

    public FollowedTagResource(TagFollows follows, TagRenderer renderer, Links links, Parameters parameters, Caller caller) {
        this.follows = follows;
        this.renderer = renderer;
        this.links = links;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "read:follows"})
    public Response list() {
        Page page = parameters.page(DEFAULT, MAXIMUM);
        List<FollowedTag> found = follows.list(caller.accountId(), page);
        return Links.answer(renderer.render(found.stream().map(FollowedTag::tag).toList(), caller.domain(), caller.viewer()),
            links.relation(found.stream().map(FollowedTag::relationId).toList(), page.limit()));
    }
}
