package social.dunlin.api.search;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.Limited;
import social.dunlin.api.entity.TagEntity;
import social.dunlin.api.entity.TagRenderer;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.FeaturedTags;
import social.dunlin.tag.TagFollows;
import social.dunlin.text.Hashtag;

/** {@code /api/v1/tags/:name}: a hashtag, whether it was ever used or not; following it, and showing it on the profile. */
@Path("/api/v1/tags")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TagResource {
    private final TagRenderer renderer;
    private final TagFollows follows;
    private final FeaturedTags featured;
    private final Caller caller;

    public TagResource(TagRenderer renderer, TagFollows follows, FeaturedTags featured, Caller caller) {
        this.renderer = renderer;
        this.follows = follows;
        this.featured = featured;
        this.caller = caller;
    }

    @GET
    @Path("/{name}")
    @Access(Level.OPTIONAL_TOKEN)
    public TagEntity tag(@PathParam("name") String name) {
        return answer(hashtag(name));
    }

    @POST
    @Path("/{name}/follow")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:follows"})
    @Limited(Limit.FOLLOW)
    public TagEntity follow(@PathParam("name") String name) {
        Hashtag hashtag = hashtag(name);
        follows.follow(caller.accountId(), hashtag);
        return answer(hashtag);
    }

    @POST
    @Path("/{name}/unfollow")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:follows"})
    public TagEntity unfollow(@PathParam("name") String name) {
        Hashtag hashtag = hashtag(name);
        follows.unfollow(caller.accountId(), hashtag);
        return answer(hashtag);
    }

    @POST
    @Path("/{name}/feature")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public TagEntity feature(@PathParam("name") String name) {
        Hashtag hashtag = hashtag(name);
        featured.feature(caller.accountId(), hashtag);
        return answer(hashtag);
    }

    @POST
    @Path("/{name}/unfeature")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public TagEntity unfeature(@PathParam("name") String name) {
        Hashtag hashtag = hashtag(name);
        featured.unfeature(caller.accountId(), hashtag);
        return answer(hashtag);
    }

    private TagEntity answer(Hashtag hashtag) {
        return renderer.render(hashtag, caller.domain(), caller.viewer());
    }

    private static Hashtag hashtag(String name) {
        return Hashtag.of(name).orElseThrow(Refusal::notFound);
    }
}
