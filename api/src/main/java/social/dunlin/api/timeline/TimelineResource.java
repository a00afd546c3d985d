package social.dunlin.api.timeline;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.request.Parameters;
import social.dunlin.card.PreviewCard;
import social.dunlin.card.PreviewCardStore;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.id.Host;
import social.dunlin.list.ListService;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.text.Hashtag;
import social.dunlin.timeline.Timelines.Reach;
import social.dunlin.timeline.Timelines.Tags;
import social.dunlin.timeline.Timelines;

/** {@code /api/v1/timelines/…}. */
@Path("/api/v1/timelines")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TimelineResource {
    private final Timelines timelines;
    private final PreviewCardStore cards;
    private final ListService lists;
    private final StatusPages pages;
    private final Parameters parameters;
    private final Caller caller;
    private final List<String> bubbleHosts;

    public TimelineResource(Timelines timelines, PreviewCardStore cards, ListService lists, StatusPages pages, Parameters parameters, Caller caller, DunlinConfiguration configuration) {
        this.timelines = timelines;
        this.cards = cards;
        this.lists = lists;
        this.pages = pages;
        this.parameters = parameters;
        this.caller = caller;
        this.bubbleHosts = configuration.federation().bubbleHosts().orElse(List.of()).stream().map(Host::tryParse).flatMap(Optional::stream)
            .map(Host::value).toList();
    }

    @GET
    @Path("/home")
    @Access(value = Level.USER_TOKEN, scopes = "read:statuses")
    public Response home() {
        return pages.timeline(timelines.home(caller.accountId(), page()).glances());
    }

    @GET
    @Path("/public")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public Response publicPosts() {
        return pages.timeline(timelines.publicPosts(caller.viewer(), reach(), caller.domain().id(), parameters.flag("only_media", false), page()).glances());
    }

    /** Ours and those of servers the administrator named (Akkoma). */
    @GET
    @Path("/bubble")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public Response bubble() {
        return pages.timeline(timelines.bubble(caller.viewer(), bubbleHosts, parameters.flag("only_media", false), page()).glances());
    }

    /** Posts about a page that somebody here has linked to. */
    @GET
    @Path("/link")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public Response linking() {
        PreviewCard card = cards.byUrl(parameters.requiredText("url").replaceFirst("#.*$", "")).orElseThrow(Refusal::notFound);
        return pages.timeline(timelines.linking(caller.viewer(), card.id(), page()).glances());
    }

    /** Gone from Mastodon, asked for by clients of Pleroma, Akkoma and glitch-soc. */
    @GET
    @Path("/direct")
    @Access(value = Level.USER_TOKEN, scopes = "read:statuses")
    public Response direct() {
        return pages.timeline(timelines.direct(caller.accountId(), page()).glances());
    }

    @GET
    @Path("/tag/{hashtag}")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public Response tagged(@PathParam("hashtag") String hashtag) {
        Optional<Hashtag> wanted = Hashtag.of(hashtag);
        if (wanted.isEmpty()) {
            return pages.timeline(Glanced.NOTHING);
        }
        List<String> any = new ArrayList<>(List.of(wanted.get().normalised()));
        names("any").stream().filter(name -> !any.contains(name)).forEach(any::add);
        return pages.timeline(timelines.tagged(caller.viewer(), new Tags(any, names("all"), names("none")), reach(),
            caller.domain().id(), parameters.flag("only_media", false), page()).glances());
    }

    /** What the people of one of the reader's lists posted. */
    @GET
    @Path("/list/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "read:lists")
    public Response list(@PathParam("id") long id) {
        return pages.timeline(lists.timeline(caller.accountId(), id, page()).glances());
    }

    private List<String> names(String parameter) {
        return parameters.texts(parameter).stream().map(Hashtag::of).flatMap(Optional::stream).map(Hashtag::normalised).distinct().limit(4).toList();
    }

    private Reach reach() {
        if (parameters.flag("local", false)) {
            return Reach.LOCAL;
        }
        return parameters.flag("remote", false) ? Reach.REMOTE : Reach.ALL;
    }

    private Page page() {
        return parameters.page(StatusPages.DEFAULT, StatusPages.MAXIMUM);
    }
}
