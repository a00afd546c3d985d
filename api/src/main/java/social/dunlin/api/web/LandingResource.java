package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.request.Parameters;
import social.dunlin.domain.Domain;
import social.dunlin.instance.InstanceStatistics;
import social.dunlin.instance.InstanceUsage;
import social.dunlin.paging.Page;

/** The front door of a domain. */
@Path("/")
@RunOnVirtualThread
public class LandingResource {
    private static final int POSTS = 10;

    private final PublicPosts posts;
    private final PostViews views;
    private final InstanceUsage usage;
    private final Words words;
    private final Site site;
    private final Caller caller;
    private final Parameters parameters;
    private final PublicPage pages;

    public LandingResource(PublicPosts posts, PostViews views, InstanceUsage usage, Words words, Site site, Caller caller,
                           Parameters parameters, PublicPage pages) {
        this.posts = posts;
        this.views = views;
        this.usage = usage;
        this.words = words;
        this.site = site;
        this.caller = caller;
        this.parameters = parameters;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "public")
    static class Templates {
        static native TemplateInstance landing(HeadView head, String title, String description, List<PostView> posts,
                                               PostView.Count people, PostView.Count written, String host, String contact, PagingView paging);
    }

    @GET
    @Access(Level.PUBLIC)
    public Response landing() {
        Domain domain = caller.domain();
        Page page = parameters.page(POSTS, POSTS);
        var slice = posts.on(domain, page, "/");
        InstanceStatistics numbers = usage.of(domain);
        String description = site.description();
        HeadView head = new HeadView(site.getTitle(), HeadView.describe(description), domain.baseUrl() + "/", "website", null, null, false);
        return pages.of(Templates.landing(head, site.getTitle(), description, slice.items(),
            views.count(numbers.users(), words.page()::landing_people), views.count(numbers.statuses(), words.page()::landing_posts),
            domain.name(), site.contact(), slice.paging()));
    }
}
