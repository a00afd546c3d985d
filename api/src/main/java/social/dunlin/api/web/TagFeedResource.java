package social.dunlin.api.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.Hashtag;

/** The newest public posts with a hashtag, as RSS. */
@Path("/tags/{name: [^/]+}.rss")
@RunOnVirtualThread
public class TagFeedResource {
    private final PublicPosts posts;
    private final Words words;
    private final Feeds feeds;
    private final Caller caller;

    public TagFeedResource(PublicPosts posts, Words words, Feeds feeds, Caller caller) {
        this.posts = posts;
        this.words = words;
        this.feeds = feeds;
        this.caller = caller;
    }

    @GET
    @Access(Level.PUBLIC)
    public Response feed(@PathParam("name") String name, @Context HttpHeaders asked) {
        Hashtag hashtag = Hashtag.of(name).orElseThrow(Refusal::notFound);
        String address = new Uris(caller.domain().baseUrl()).tag(hashtag.normalised());
        return feeds.answer(feeds.of("#" + hashtag.display(), words.page().tag_description(hashtag.display()), address, null,
            posts.newestTagged(hashtag.normalised())), true, asked);
    }
}
