package social.dunlin.api.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Entities;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.AccountEntity;
import social.dunlin.api.entity.OEmbedEntity;
import social.dunlin.api.entity.StatusEntity;
import social.dunlin.api.entity.StatusRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.refusal.Refusal;
import social.dunlin.search.LocalAddress;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/**
 * {@code /api/oembed}: a post of somebody here to be shown among other people's words (oEmbed 1.0), as a quotation that
 * loads nothing. Behind a content warning nothing of it stands there but the warning (hostile input 76).
 */
@Path("/api/oembed")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class EmbedResource {
    private static final int DAY = 86_400;
    private static final int USUAL_WIDTH = 400;
    private static final int NARROWEST = 50;

    private final StatusStore statuses;
    private final StatusVisibility visibility;
    private final StatusRenderer renderer;
    private final Domains domains;
    private final Parameters parameters;
    private final Caller caller;

    public EmbedResource(StatusStore statuses, StatusVisibility visibility, StatusRenderer renderer, Domains domains, Parameters parameters, Caller caller) {
        this.statuses = statuses;
        this.visibility = visibility;
        this.renderer = renderer;
        this.domains = domains;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(Level.PUBLIC)
    public OEmbedEntity embed() {
        if (parameters.text("format").filter(format -> !format.isBlank() && !format.equals("json")).isPresent()) {
            throw new Refusal(501, "Only JSON is written here");
        }
        Status status = LocalAddress.of(parameters.requiredText("url"), domains)
            .flatMap(address -> address instanceof LocalAddress.OfStatus(long id) ? statuses.byId(id) : Optional.empty())
            .filter(found -> found.local() && !found.isReblog() && visibility.maySee(Viewer.anonymous(), found))
            .orElseThrow(Refusal::notFound);
        StatusEntity post = renderer.render(List.of(status), Viewer.anonymous()).getFirst();
        Domain domain = caller.domain();
        int width = parameters.number("maxwidth").filter(wanted -> wanted > 0).map(wanted -> Math.clamp(wanted, NARROWEST, USUAL_WIDTH)).orElse(USUAL_WIDTH);
        return new OEmbedEntity("rich", "1.0", name(post.account()), post.account().url(), domain.name(), domain.baseUrl() + "/", DAY,
            html(post, domain), width, null);
    }

    private static String html(StatusEntity post, Domain domain) {
        String words = post.spoilerText().isBlank() ? post.content() : "<p>" + Entities.escape(post.spoilerText()) + "</p>";
        return "<blockquote class=\"fediverse-post\" cite=\"%s\">%s<p>— %s (<a href=\"%s\">@%s</a>), <a href=\"%s\">%s</a></p></blockquote>".formatted(
            Entities.escape(post.url()), words, Entities.escape(name(post.account())), Entities.escape(post.account().url()),
            Entities.escape(handle(post.account(), domain)), Entities.escape(post.url()), post.createdAt().substring(0, 10));
    }

    private static String handle(AccountEntity account, Domain domain) {
        return account.acct().contains("@") ? account.acct() : account.acct() + "@" + domain.name();
    }

    private static String name(AccountEntity account) {
        return account.displayName().isBlank() ? account.username() : account.displayName();
    }
}
