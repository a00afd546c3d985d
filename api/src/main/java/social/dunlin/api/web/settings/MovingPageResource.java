package social.dunlin.api.web.settings;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.stream.Collectors;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.web.Pages;
import social.dunlin.move.AccountMoves;
import social.dunlin.move.Aliases;
import social.dunlin.refusal.Refusal;

/** The page about moving: where one comes from (aliases), and where one goes. */
@Path("/settings/moving")
@RunOnVirtualThread
public class MovingPageResource {
    private final Caller caller;
    private final Browser browser;
    private final Parameters parameters;
    private final RequestLimits limits;
    private final Pages pages;
    private final AccountStore accounts;
    private final Aliases aliases;
    private final AccountMoves moves;

    public MovingPageResource(Caller caller, Browser browser, Parameters parameters, RequestLimits limits, Pages pages, AccountStore accounts,
            Aliases aliases, AccountMoves moves) {
        this.caller = caller;
        this.browser = browser;
        this.parameters = parameters;
        this.limits = limits;
        this.pages = pages;
        this.accounts = accounts;
        this.aliases = aliases;
        this.moves = moves;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        static native TemplateInstance moving(String formToken, MovingView view);
    }

    @GET
    @Access(Level.WEB_SESSION)
    public Response page() {
        return page(200, null);
    }

    @POST
    @Path("/aliases")
    @Access(Level.WEB_SESSION)
    public Response addAlias() {
        return after(() -> aliases.add(caller.account(), parameters.text("name").orElse("")));
    }

    @POST
    @Path("/aliases/remove")
    @Access(Level.WEB_SESSION)
    public Response removeAlias() {
        return after(() -> aliases.remove(caller.account(), parameters.text("uri").orElse("")));
    }

    @POST
    @Path("/move")
    @Access(Level.WEB_SESSION)
    public Response move() {
        limits.applyToLogIn("account " + caller.accountId());
        return after(() -> moves.move(caller.account(), parameters.text("name").orElse(""), parameters.text("password").orElse("")));
    }

    @POST
    @Path("/undo")
    @Access(Level.WEB_SESSION)
    public Response undo() {
        return after(() -> moves.takeBack(caller.account()));
    }

    /** The page anew; when the form was refused, at once and with the reason. */
    private Response after(Runnable change) {
        try {
            change.run();
        } catch (Refusal refusal) {
            return page(refusal.status(), refusal.getMessage());
        }
        return Response.status(Response.Status.SEE_OTHER).header("Location", "/settings/moving").build();
    }

    private Response page(int status, String problem) {
        Account account = caller.account();
        Map<String, String> handles = accounts.byUris(account.alsoKnownAs()).stream()
            .collect(Collectors.toMap(Account::uri, known -> "@" + known.handle()));
        String movedTo = account.movedToId().isEmpty() ? null : accounts.byId(account.movedToId().getAsLong()).map(Account::handle).orElse(null);
        return pages.personal(status, Templates.moving(browser.formToken(), new MovingView(account.handle(),
            account.alsoKnownAs().stream().map(uri -> new AliasView(uri, handles.getOrDefault(uri, uri))).toList(), movedTo, problem)));
    }
}
