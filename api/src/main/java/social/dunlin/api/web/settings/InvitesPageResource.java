package social.dunlin.api.web.settings;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import social.dunlin.account.Invite;
import social.dunlin.account.InviteService;
import social.dunlin.account.User;
import social.dunlin.account.UserService;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.web.Pages;
import social.dunlin.api.web.Words;
import social.dunlin.refusal.Refusal;

/** The page where invitations are made and ended, by those whom the settings let. */
@Path("/settings/invites")
@RunOnVirtualThread
public class InvitesPageResource {
    private final InviteService invites;
    private final UserService users;
    private final Caller caller;
    private final Browser browser;
    private final Parameters parameters;
    private final Pages pages;
    private final Words words;

    public InvitesPageResource(InviteService invites, UserService users, Caller caller, Browser browser, Parameters parameters, Pages pages, Words words) {
        this.invites = invites;
        this.users = users;
        this.caller = caller;
        this.browser = browser;
        this.parameters = parameters;
        this.pages = pages;
        this.words = words;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        static native TemplateInstance invites(String formToken, List<InviteView> invites, String problem);
    }

    @GET
    @Access(Level.WEB_SESSION)
    public Response page() {
        return page(200, null);
    }

    @POST
    @Access(Level.WEB_SESSION)
    public Response create() {
        try {
            invites.create(user(), caller.domain(), number("max_uses"), number("days") == null ? null : Duration.ofDays(number("days")),
                parameters.flag("followed", false) ? caller.accountId() : null);
        } catch (Refusal refusal) {
            if (refusal.status() == Response.Status.FORBIDDEN.getStatusCode()) {
                throw refusal;
            }
            return page(refusal.status(), refusal.getMessage());
        }
        return back();
    }

    @POST
    @Path("/end")
    @Access(Level.WEB_SESSION)
    public Response end() {
        invites.end(user(), parameters.id("invite").orElse(0L));
        return back();
    }

    private Integer number(String name) {
        return parameters.text(name).filter(text -> !text.isBlank()).flatMap(text -> parameters.number(name)).orElse(null);
    }

    private User user() {
        return users.byId(browser.session().orElseThrow().userId()).orElseThrow(Refusal::notFound);
    }

    private static Response back() {
        return Response.status(Response.Status.SEE_OTHER).header("Location", "/settings/invites").build();
    }

    private Response page(int status, String problem) {
        return pages.personal(status, Templates.invites(browser.formToken(), invites.of(user(), caller.domain()).stream().map(this::view).toList(), problem));
    }

    private InviteView view(Invite invite) {
        String uses = invite.maxUses() == null ? Integer.toString(invite.uses()) : invite.uses() + " / " + invite.maxUses();
        return new InviteView(invite.id(), InviteService.url(caller.domain(), invite), uses,
            invite.expiresAt() == null ? null : words.day(invite.expiresAt()), invite.followed(), invite.isOpen());
    }
}
