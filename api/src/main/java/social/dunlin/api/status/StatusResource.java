package social.dunlin.api.status;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.Limited;
import social.dunlin.api.entity.AccountEntity;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.entity.ContextEntity;
import social.dunlin.api.entity.RawJson;
import social.dunlin.api.entity.ScheduledStatusRenderer;
import social.dunlin.api.entity.StatusEditEntity;
import social.dunlin.api.entity.StatusEntity;
import social.dunlin.api.entity.StatusHistoryRenderer;
import social.dunlin.api.entity.StatusJsonRenderer;
import social.dunlin.api.entity.StatusRenderer;
import social.dunlin.api.entity.StatusSourceEntity;
import social.dunlin.api.entity.UnexpectedMentionsEntity;
import social.dunlin.api.request.Links;
import social.dunlin.api.request.Parameters;
import social.dunlin.federation.thread.ThreadRequests.Look;
import social.dunlin.federation.thread.ThreadRequests;
import social.dunlin.oauth.AccessToken;
import social.dunlin.paging.Page;
import social.dunlin.status.InteractionLists.Listed;
import social.dunlin.status.NewStatus;
import social.dunlin.status.PublishedPost;
import social.dunlin.status.ScheduledStatuses;
import social.dunlin.status.Status;
import social.dunlin.status.StatusReader;
import social.dunlin.status.StatusReader.Thread;
import social.dunlin.status.StatusService;
import social.dunlin.status.UnexpectedMentions;
import social.dunlin.visibility.Viewer;

/** {@code /api/v1/statuses}: writing and reading posts. */
@Path("/api/v1/statuses")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
    private static final int AT_ONCE = 20;
    private static final int SECONDS_TO_NEXT_LOOK = 3;
    private static final int ACCOUNTS = 40;
    private static final int MOST_ACCOUNTS = 80;

    private final StatusService service;
    private final ScheduledStatuses scheduled;
    private final ScheduledStatusRenderer scheduledRenderer;
    private final StatusReader reader;
    private final ThreadRequests threads;
    private final StatusJsonRenderer renderer;
    private final StatusRenderer entities;
    private final StatusHistoryRenderer history;
    private final AccountRenderer accounts;
    private final Links links;
    private final Parameters parameters;
    private final Caller caller;

    public StatusResource(StatusService service, ScheduledStatuses scheduled, ScheduledStatusRenderer scheduledRenderer, StatusReader reader, ThreadRequests threads,
                          StatusJsonRenderer renderer, StatusRenderer entities, StatusHistoryRenderer history, AccountRenderer accounts, Links links, Parameters parameters, Caller caller) {
        this.service = service;
        this.scheduled = scheduled;
        this.scheduledRenderer = scheduledRenderer;
        this.reader = reader;
        this.threads = threads;
        this.renderer = renderer;
        this.entities = entities;
        this.history = history;
        this.accounts = accounts;
        this.links = links;
        this.parameters = parameters;
        this.caller = caller;
    }

    /** A post, at its time if it names one; with {@code preview} (Akkoma) one that is not made. */
    @POST
    @Access(value = Level.USER_TOKEN, scopes = "write:statuses")
    @Limited(Limit.STATUS)
    public Response publish(@HeaderParam("Idempotency-Key") String idempotencyKey) {
        Long application = caller.token().map(AccessToken::applicationId).orElse(null);
        NewStatus wanted = StatusForm.newStatus(parameters, application, idempotencyKey);
        if (parameters.flag("preview", false)) {
            return Response.ok(service.preview(caller.account(), wanted, this::answer)).build();
        }
        if (ScheduledStatuses.isForLater(wanted)) {
            return Response.ok(scheduledRenderer.render(scheduled.schedule(caller.account(), wanted))).build();
        }
        if (!parameters.has("allowed_mentions")) {
            return answer(service.publishNew(caller.accountId(), wanted));
        }
        try {
            return answer(service.publishNew(caller.accountId(), wanted, parameters.ids("allowed_mentions")));
        } catch (UnexpectedMentions refusal) {
            return Response.status(refusal.status())
                .entity(new UnexpectedMentionsEntity(refusal.getMessage(), accounts.renderList(refusal.accounts()))).build();
        }
    }

    @GET
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public List<RawJson> several() {
        return renderer.renderList(reader.list(caller.viewer(), parameters.ids("id").stream().limit(AT_ONCE).toList()), caller.viewer());
    }

    @GET
    @Path("/{id}")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public Response get(@PathParam("id") long id) {
        return Response.ok(renderer.renderOne(reader.glance(caller.viewer(), id), caller.viewer()).utf8()).build();
    }

    @PUT
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "write:statuses")
    @Limited(Limit.STATUS)
    public RawJson edit(@PathParam("id") long id) {
        return answer(service.edit(caller.account(), id, StatusForm.change(parameters)));
    }

    @DELETE
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "write:statuses")
    @Limited(Limit.STATUS_REMOVAL)
    public StatusEntity delete(@PathParam("id") long id) {
        return service.delete(caller.account(), id, parameters.flag("delete_media", false),
            status -> entities.render(status, caller.viewer()).asSource(status.textSource()));
    }

    @GET
    @Path("/{id}/context")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public Response context(@PathParam("id") long id) {
        Viewer viewer = caller.viewer();
        Thread thread = reader.thread(viewer, id);
        Optional<Look> look = threads.opened(viewer, id).filter(running -> !viewer.isAnonymous());
        Map<Long, RawJson> posts = renderer.renderById(thread.glances(), viewer);
        Response.ResponseBuilder answer = Response.ok(new ContextEntity(written(thread.ancestors(), posts), written(thread.descendants(), posts)));
        look.ifPresent(running -> answer.header("Mastodon-Async-Refresh",
            "id=\"%d\", retry=%d, result_count=%d".formatted(running.id(), SECONDS_TO_NEXT_LOOK, running.found())));
        return answer.build();
    }

    private static List<RawJson> written(List<Status> statuses, Map<Long, RawJson> posts) {
        return statuses.stream().map(status -> posts.get(status.id())).filter(Objects::nonNull).toList();
    }

    @GET
    @Path("/{id}/history")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public List<StatusEditEntity> history(@PathParam("id") long id) {
        return history.render(reader.get(caller.viewer(), id));
    }

    @GET
    @Path("/{id}/source")
    @Access(value = Level.USER_TOKEN, scopes = "read:statuses")
    public StatusSourceEntity source(@PathParam("id") long id) {
        Status status = reader.own(caller.accountId(), id);
        return new StatusSourceEntity(Long.toString(status.id()), status.textSource() == null ? "" : status.textSource(), status.spoilerText(),
            status.contentType());
    }

    @GET
    @Path("/{id}/favourited_by")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:accounts")
    public Response favouritedBy(@PathParam("id") long id) {
        Page page = parameters.page(ACCOUNTS, MOST_ACCOUNTS);
        return people(reader.favouritedBy(caller.viewer(), id, page), page);
    }

    @GET
    @Path("/{id}/reblogged_by")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:accounts")
    public Response rebloggedBy(@PathParam("id") long id) {
        Page page = parameters.page(ACCOUNTS, MOST_ACCOUNTS);
        return people(reader.rebloggedBy(caller.viewer(), id, page), page);
    }

    private Response people(List<Listed> listed, Page page) {
        Map<Long, AccountEntity> entities = accounts.renderIds(listed.stream().map(Listed::accountId).toList());
        return Links.answer(listed.stream().map(each -> entities.get(each.accountId())).filter(Objects::nonNull).toList(),
            links.relation(listed.stream().map(Listed::cursor).toList(), page.limit()));
    }

    private Response answer(PublishedPost post) {
        return Response.ok(renderer.renderNew(post, caller.viewer()).utf8()).build();
    }

    private RawJson answer(Status status) {
        return renderer.render(status, caller.viewer());
    }
}
