package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.Handle;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.activitypub.ActivityPubNegotiation;
import social.dunlin.api.activitypub.ActorResource;
import social.dunlin.api.request.Parameters;
import social.dunlin.domain.Domain;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;

/** A person's public page. Somebody of another server has theirs there: the way leads over a page that says so. */
@Path("/@{handle}")
@RunOnVirtualThread
public class ProfileResource {
    private static final int POSTS = 20;

    private final AccountStore accounts;
    private final PublicPosts posts;
    private final ProfileViews profiles;
    private final ActorResource actors;
    private final Caller caller;
    private final Parameters parameters;
    private final PublicPage pages;

    public ProfileResource(AccountStore accounts, PublicPosts posts, ProfileViews profiles, ActorResource actors, Caller caller,
                           Parameters parameters, PublicPage pages) {
        this.accounts = accounts;
        this.posts = posts;
        this.profiles = profiles;
        this.actors = actors;
        this.caller = caller;
        this.parameters = parameters;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "public")
    static class Templates {
        static native TemplateInstance profile(HeadView head, ProfileView profile, List<PostView> pinned, List<PostView> posts, PagingView paging);

        static native TemplateInstance leaving(AuthorView who, String host, String destination);
    }

    @GET
    @Access(Level.PUBLIC)
    public Response profile(@PathParam("handle") String text, @HeaderParam("Accept") String accept) {
        Account account = account(text);
        if (!account.isLocal()) {
            return pages.of(Templates.leaving(profiles.author(account), caller.domain().name(), account.host()));
        }
        if (ActivityPubNegotiation.wantsActivity(accept)) {
            return actors.person(account.username(), accept);
        }
        PublicAccounts.requireShown(account);
        Page page = parameters.page(POSTS, POSTS);
        var slice = posts.by(account, page, "/@" + account.username());
        List<PostView> pinned = page.equals(Page.first(POSTS)) ? posts.pinnedBy(account) : List.of();
        ProfileView profile = profiles.of(account);
        return pages.of(Templates.profile(profiles.head(account, profile), profile, pinned, slice.items(), slice.paging()), account.uri());
    }

    private Account account(String text) {
        Domain domain = caller.domain();
        return Handle.parse(text, domain.name()).flatMap(handle -> accounts.byHandle(handle.username(), handle.host()))
            .filter(account -> PublicAccounts.hasPageOn(domain, account))
            .orElseThrow(Refusal::notFound);
    }
}
