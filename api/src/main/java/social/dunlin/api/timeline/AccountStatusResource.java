package social.dunlin.api.timeline;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.request.Parameters;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.text.Hashtag;
import social.dunlin.timeline.Timelines;
import social.dunlin.timeline.Timelines.AccountFilter;

/** The posts of one account. */
@Path("/api/v1/accounts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AccountStatusResource {
    private final Timelines timelines;
    private final AccountStore accounts;
    private final StatusPages pages;
    private final Parameters parameters;
    private final Caller caller;

    public AccountStatusResource(Timelines timelines, AccountStore accounts, StatusPages pages, Parameters parameters, Caller caller) {
        this.timelines = timelines;
        this.accounts = accounts;
        this.pages = pages;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Path("/{id}/statuses")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public Response ofAccount(@PathParam("id") long id) {
        Account account = accounts.byId(id).orElseThrow(Refusal::notFound);
        if (account.isSuspended()) {
            return pages.timeline(Glanced.NOTHING);
        }
        if (parameters.flag("pinned", false)) {
            return Response.ok(pages.timeline(timelines.pinned(caller.viewer(), id).glances()).getEntity()).build();
        }
        Optional<String> tag = parameters.text("tagged").filter(text -> !text.isBlank());
        AccountFilter filter = new AccountFilter(parameters.flag("only_media", false), parameters.flag("exclude_replies", false),
            parameters.flag("exclude_reblogs", false), tag.map(text -> Hashtag.of(text).map(Hashtag::normalised).orElse("")).orElse(null));
        return pages.timeline(timelines.byAccount(caller.viewer(), id, filter,
            parameters.page(StatusPages.DEFAULT, StatusPages.MAXIMUM)).glances());
    }
}
