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
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.activitypub.ActivityPubNegotiation;
import social.dunlin.api.activitypub.StatusDocumentResource;
import social.dunlin.federation.thread.ThreadRequests;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.text.HtmlToText;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** A post in its thread, as far as everybody may see it. */
@Path("/@{username}/{id: \\d{1,19}}")
@RunOnVirtualThread
public class StatusPageResource {
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final StatusVisibility visibility;
    private final PublicPosts posts;
    private final ThreadRequests threads;
    private final StatusDocumentResource documents;
    private final Caller caller;
    private final Words words;
    private final PublicPage pages;

    public StatusPageResource(AccountStore accounts, StatusStore statuses, StatusVisibility visibility, PublicPosts posts,
                              ThreadRequests threads, StatusDocumentResource documents, Caller caller, Words words, PublicPage pages) {
        this.accounts = accounts;
        this.statuses = statuses;
        this.visibility = visibility;
        this.posts = posts;
        this.threads = threads;
        this.documents = documents;
        this.caller = caller;
        this.words = words;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "public")
    static class Templates {
        static native TemplateInstance status(HeadView head, PostView post, List<PostView> ancestors, List<PostView> descendants);
    }

    @GET
    @Access(Level.PUBLIC)
    public Response status(@PathParam("username") String username, @PathParam("id") String id,
                           @HeaderParam("Accept") String accept) {
        if (ActivityPubNegotiation.wantsActivity(accept)) {
            return documents.note(username, id, accept);
        }
        Account author = accounts.byHandle(username, caller.domain().name())
            .filter(account -> PublicAccounts.hasPageOn(caller.domain(), account))
            .orElseThrow(Refusal::notFound);
        Status status = status(author, number(id));
        PostView post = posts.of(status);
        PublicPosts.Thread thread = posts.around(status);
        threads.opened(Viewer.anonymous(), status.id());
        return pages.of(Templates.status(head(author, status, post), post, thread.ancestors(), thread.descendants()), status.uri());
    }

    private Status status(Account author, long id) {
        PublicAccounts.requireShown(author);
        Optional<Status> status = statuses.byId(id).filter(found -> found.accountId() == author.id() && !found.isReblog());
        if (status.isEmpty() && statuses.isTombstoned(new Uris(caller.domain().baseUrl()).status(author.username(), id))) {
            throw new Refusal(410, "This post has been deleted");
        }
        return status.filter(found -> visibility.maySee(Viewer.anonymous(), found)).orElseThrow(Refusal::notFound);
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            throw Refusal.notFound();
        }
    }

    /** Behind a content warning nothing of the post leaks into previews (hostile input 76). */
    private HeadView head(Account author, Status status, PostView post) {
        String text = status.spoilerText().isBlank() ? HtmlToText.convert(status.content()) : status.spoilerText();
        return new HeadView(words.page().post_title(post.author().plainName()), HeadView.describe(text), post.href(), "article",
            post.author().avatar(), status.uri(), ProfileViews.isHidden(author), post.created().machine(), null,
            caller.domain().baseUrl() + "/api/oembed?format=json&url=" + ReturnPath.encoded(post.href()));
    }
}
