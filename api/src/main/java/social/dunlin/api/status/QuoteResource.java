package social.dunlin.api.status;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.RawJson;
import social.dunlin.api.entity.StatusJsonRenderer;
import social.dunlin.api.request.Links;
import social.dunlin.api.request.Parameters;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.QuoteService;
import social.dunlin.status.Status;
import social.dunlin.timeline.Listing.Listed;

/** {@code /api/v1/statuses/:id/…}: quotes of a post and who may make them (behaviours §13). */
@Path("/api/v1/statuses")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class QuoteResource {
    private static final int DEFAULT = 20;
    private static final int MAXIMUM = 40;

    private final QuoteService quotes;
    private final StatusJsonRenderer renderer;
    private final Links links;
    private final Parameters parameters;
    private final Caller caller;

    public QuoteResource(QuoteService quotes, StatusJsonRenderer renderer, Links links, Parameters parameters, Caller caller) {
        this.quotes = quotes;
        this.renderer = renderer;
        this.links = links;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Path("/{id}/quotes")
    @Access(value = Level.USER_TOKEN, scopes = "read:statuses")
    public Response list(@PathParam("id") long id) {
        Page page = parameters.page(DEFAULT, MAXIMUM);
        List<Listed> listed = quotes.quotes(caller.viewer(), id, page);
        return Links.answer(renderer.render(listed.stream().map(Listed::status).toList(), caller.viewer()),
            links.relation(listed.stream().map(Listed::cursor).toList(), page.limit()));
    }

    /** The quoting post, as it is now. */
    @POST
    @Path("/{id}/quotes/{quotingId}/revoke")
    @Access(value = Level.USER_TOKEN, scopes = "write:statuses")
    public RawJson revoke(@PathParam("id") long id, @PathParam("quotingId") long quotingId) {
        return answer(quotes.revoke(caller.account(), id, quotingId));
    }

    @PUT
    @Path("/{id}/interaction_policy")
    @Access(value = Level.USER_TOKEN, scopes = "write:statuses")
    public RawJson changePolicy(@PathParam("id") long id) {
        String policy = parameters.text("quote_approval_policy").filter(text -> !text.isBlank())
            .orElseThrow(() -> Refusal.badRequest("param is missing or the value is empty: quote_approval_policy"));
        return answer(quotes.changePolicy(caller.account(), id, policy));
    }

    private RawJson answer(Status status) {
        return renderer.render(status, caller.viewer());
    }
}
