package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.entity.StatusEntity;
import social.dunlin.api.entity.StatusRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.search.AddressFinder;
import social.dunlin.api.search.AddressFinder.Found;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.FollowOptions;
import social.dunlin.relationship.Relationship;
import social.dunlin.relationship.RelationshipService;
import social.dunlin.status.Status;
import social.dunlin.status.StatusActions;

/**
 * {@code /authorize_interaction?uri=}: where other servers send people of ours who want to follow somebody or to answer a
 * post there (what WebFinger names for {@code http://ostatus.org/schema/1.0/subscribe}).
 */
@Path("/authorize_interaction")
@RunOnVirtualThread
public class InteractionResource {
    private static final String PATH = "/authorize_interaction?uri=";

    private final AddressFinder addresses;
    private final RelationshipService relationships;
    private final StatusActions actions;
    private final StatusRenderer statusRenderer;
    private final AccountRenderer accountRenderer;
    private final PostViews views;
    private final RequestLimits limits;
    private final Words words;
    private final Parameters parameters;
    private final Caller caller;
    private final Browser browser;
    private final Pages pages;

    public InteractionResource(AddressFinder addresses, RelationshipService relationships, StatusActions actions, StatusRenderer statusRenderer,
                               AccountRenderer accountRenderer, PostViews views, RequestLimits limits, Words words, Parameters parameters, Caller caller,
                               Browser browser, Pages pages) {
        this.addresses = addresses;
        this.relationships = relationships;
        this.actions = actions;
        this.statusRenderer = statusRenderer;
        this.accountRenderer = accountRenderer;
        this.views = views;
        this.limits = limits;
        this.words = words;
        this.parameters = parameters;
        this.caller = caller;
        this.browser = browser;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "interaction")
    static class Templates {
        static native TemplateInstance interaction(String formToken, String acct, InteractionView view);
    }

    @GET
    @Access(Level.WEB_SESSION)
    public Response show() {
        return page(200, null);
    }

    @POST
    @Path("/follow")
    @Access(Level.WEB_SESSION)
    public Response follow() {
        return after(() -> {
            limits.applyToAccount(Limit.FOLLOW);
            relationships.follow(caller.accountId(), id(), FollowOptions.UNCHANGED);
        });
    }

    @POST
    @Path("/unfollow")
    @Access(Level.WEB_SESSION)
    public Response unfollow() {
        return after(() -> relationships.unfollow(caller.accountId(), id()));
    }

    @POST
    @Path("/favourite")
    @Access(Level.WEB_SESSION)
    public Response favourite() {
        return after(() -> actions.favourite(caller.account(), id()));
    }

    @POST
    @Path("/boost")
    @Access(Level.WEB_SESSION)
    public Response boost() {
        return after(() -> {
            limits.applyToAccount(Limit.STATUS);
            actions.reblog(caller.account(), id(), null);
        });
    }

    private long id() {
        return parameters.id("id").orElseThrow(Refusal::notFound);
    }

    private String uri() {
        return parameters.text("uri").or(() -> parameters.text("acct")).orElse("").strip();
    }

    /** The page anew; when it was refused, at once and with the reason. */
    private Response after(Runnable deed) {
        try {
            deed.run();
        } catch (Refusal refusal) {
            return page(refusal.status(), refusal.getMessage());
        }
        return LogIn.seeOther(PATH + ReturnPath.encoded(uri()));
    }

    private Response page(int status, String problem) {
        InteractionView view = uri().isEmpty() ? nothing() : switch (addresses.find(uri())) {
            case Found.Person(Account account) -> person(account, problem);
            case Found.Post(Status post) -> post(post, problem);
            case Found.Nothing() -> nothing();
        };
        boolean found = view.who() != null || view.post() != null;
        return pages.personal(found ? status : 404, Templates.interaction(browser.formToken(), caller.account().handle(), view));
    }

    private InteractionView nothing() {
        return new InteractionView(uri(), null, null, null, false, false, false, words.page().interaction_nothing());
    }

    private InteractionView person(Account account, String problem) {
        Relationship known = relationships.relationships(caller.accountId(), List.of(account.id()), false).stream().findFirst().orElse(null);
        return new InteractionView(uri(), Long.toString(account.id()), views.author(accountRenderer.render(account), caller.domain().name()), null,
            known != null && (known.following() || known.requested()), false, account.id() != caller.accountId(), problem);
    }

    private InteractionView post(Status status, String problem) {
        StatusEntity entity = statusRenderer.render(List.of(status), caller.viewer()).getFirst();
        boolean open = switch (status.visibility()) {
            case PUBLIC, UNLISTED, LOCAL, LOCAL_UNLISTED -> true;
            case PRIVATE -> status.accountId() == caller.accountId();
            case DIRECT -> false;
        };
        return new InteractionView(uri(), Long.toString(status.id()), null, views.of(entity, caller.domain().name()),
            Boolean.TRUE.equals(entity.favourited()), Boolean.TRUE.equals(entity.reblogged()), open, problem);
    }
}
