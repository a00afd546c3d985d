package social.dunlin.api.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.refusal.Refusal;

/** What somebody here wrote, as RSS: what their page shows to everybody, without boosts and answers to others. */
@Path("/@{username: [A-Za-z0-9_]+}.rss")
@RunOnVirtualThread
public class FeedResource {
    /** Stands behind the address of the page that a feed belongs to. */
    static final String SUFFIX = ".rss";

    private final AccountStore accounts;
    private final PublicPosts posts;
    private final ProfileViews profiles;
    private final Feeds feeds;
    private final Caller caller;

    public FeedResource(AccountStore accounts, PublicPosts posts, ProfileViews profiles, Feeds feeds, Caller caller) {
        this.accounts = accounts;
        this.posts = posts;
        this.profiles = profiles;
        this.feeds = feeds;
        this.caller = caller;
    }

    @GET
    @Access(Level.PUBLIC)
    public Response feed(@PathParam("username") String username, @Context HttpHeaders asked) {
        Account account = accounts.byHandle(username, caller.domain().name())
            .filter(found -> found.isLocal() && PublicAccounts.hasPageOn(caller.domain(), found))
            .orElseThrow(Refusal::notFound);
        PublicAccounts.requireShown(account);
        HeadView head = profiles.head(account, profiles.of(account));
        return feeds.answer(feeds.of(head.title(), head.description(), head.canonical(), head.image(), posts.writtenBy(account)), head.noindex(), asked);
    }
}
