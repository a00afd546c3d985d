package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.dunlin.account.AccountSettingStore;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.api.entity.StatusRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.oauth.OpaqueSecret;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusReader;
import social.dunlin.status.StatusService;
import social.dunlin.status.Visibility;

/** {@code /share?text=}: a page to post something from, also an answer. For links on other pages and for browsers alone. */
@Path("/share")
@RunOnVirtualThread
public class ShareResource {
    private static final int LONGEST_KEY = 100;

    private final StatusService service;
    private final StatusReader reader;
    private final StatusRenderer renderer;
    private final AccountSettingStore settings;
    private final PostViews views;
    private final RequestLimits limits;
    private final Parameters parameters;
    private final Caller caller;
    private final Browser browser;
    private final Pages pages;

    public ShareResource(StatusService service, StatusReader reader, StatusRenderer renderer, AccountSettingStore settings, PostViews views,
                         RequestLimits limits, Parameters parameters, Caller caller, Browser browser, Pages pages) {
        this.service = service;
        this.reader = reader;
        this.renderer = renderer;
        this.settings = settings;
        this.views = views;
        this.limits = limits;
        this.parameters = parameters;
        this.caller = caller;
        this.browser = browser;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "interaction")
    static class Templates {
        static native TemplateInstance share(String formToken, String acct, ShareView view);

        static native TemplateInstance shared(String acct, PostView post);
    }

    @GET
    @Access(Level.WEB_SESSION)
    public Response form() {
        Optional<Status> answered = answered();
        String shared = Stream.of("title", "text", "url").map(this::text).map(String::strip).filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
        String text = answered.filter(status -> status.accountId() != caller.accountId()).map(status -> "@" + shown(status).author().handle().substring(1) + " ")
            .orElse("") + shared;
        return page(200, new ShareView(text, answered.map(Status::spoilerText).orElse(""), answered.map(Status::visibility).orElseGet(this::usual).apiName(),
            answered.map(this::shown).orElse(null), answered.map(status -> Long.toString(status.id())).orElse(null), OpaqueSecret.make(), null));
    }

    @POST
    @Access(Level.WEB_SESSION)
    public Response publish() {
        Optional<Status> answered = answered();
        Visibility visibility = Visibility.ofApiName(text("visibility")).orElseGet(this::usual);
        try {
            limits.applyToAccount(Limit.STATUS);
            NewStatus wanted = NewStatus.text(text("text")).withSpoiler(text("warning")).withVisibility(visibility).withIdempotencyKey(key());
            Status made = service.publish(caller.account(), answered.isPresent() ? wanted.inReplyTo(answered.get().id()) : wanted);
            return LogIn.seeOther("/share/shared?id=" + made.id());
        } catch (Refusal refusal) {
            return page(refusal.status(), new ShareView(text("text"), text("warning"), visibility.apiName(), answered.map(this::shown).orElse(null),
                answered.map(status -> Long.toString(status.id())).orElse(null), text("key"), refusal.getMessage()));
        }
    }

    @GET
    @Path("/shared")
    @Access(Level.WEB_SESSION)
    public Response shared() {
        Status made = reader.get(caller.viewer(), parameters.id("id").orElseThrow(Refusal::notFound));
        return pages.personal(200, Templates.shared(caller.account().handle(), shown(made)));
    }

    /** As the form had it; without one the post is made each time. */
    private String key() {
        String key = text("key");
        return key.isBlank() || key.length() > LONGEST_KEY ? null : key;
    }

    private Response page(int status, ShareView view) {
        return pages.personal(status, Templates.share(browser.formToken(), caller.account().handle(), view));
    }

    /** Refuses with 404 what the person cannot see. */
    private Optional<Status> answered() {
        return parameters.id("in_reply_to_id").map(id -> reader.get(caller.viewer(), id));
    }

    private PostView shown(Status status) {
        return views.of(renderer.render(List.of(status), caller.viewer()).getFirst(), caller.domain().name());
    }

    private Visibility usual() {
        return Visibility.ofApiName(settings.of(caller.accountId()).defaultVisibility()).orElse(Visibility.PUBLIC);
    }

    private String text(String name) {
        return parameters.text(name).orElse("");
    }
}
