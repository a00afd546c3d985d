package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.request.Parameters;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.Hashtag;

/** The newest public posts with a hashtag. */
@Path("/tags/{name}")
@RunOnVirtualThread
public class TagResource {
    private static final int POSTS = 20;

    private final PublicPosts posts;
    private final Words words;
    private final Caller caller;
    private final Parameters parameters;
    private final PublicPage pages;

    public TagResource(PublicPosts posts, Words words, Caller caller, Parameters parameters, PublicPage pages) {
        this.posts = posts;
        this.words = words;
        this.caller = caller;
        this.parameters = parameters;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "public")
    static class Templates {
        static native TemplateInstance tag(HeadView head, String name, List<PostView> posts, PagingView paging);
    }

    @GET
    @Access(Level.PUBLIC)
    public Response tag(@PathParam("name") String name) {
        Hashtag hashtag = Hashtag.of(name).orElseThrow(Refusal::notFound);
        Page page = parameters.page(POSTS, POSTS);
        String address = new Uris(caller.domain().baseUrl()).tag(hashtag.normalised());
        var slice = posts.tagged(hashtag.normalised(), page, URI.create(address).getRawPath());
        // Collections of other people's posts are not for search engines: only each author says who may list theirs.
        HeadView head = new HeadView("#" + hashtag.display(), words.page().tag_description(hashtag.display()), address, "website", null, null, true).withFeed(address + FeedResource.SUFFIX);
        return pages.of(Templates.tag(head, hashtag.display(), slice.items(), slice.paging()));
    }
}
