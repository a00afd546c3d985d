package social.dunlin.api.conversation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.ConversationEntity;
import social.dunlin.api.entity.ConversationRenderer;
import social.dunlin.api.request.Links;
import social.dunlin.api.request.Parameters;
import social.dunlin.conversation.PrivateConversation;
import social.dunlin.conversation.PrivateConversations;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;

/** {@code /api/v1/conversations}: direct posts by thread, paged by their last post. */
@Path("/api/v1/conversations")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ConversationResource {
    private static final int DEFAULT = 20;
    private static final int MAXIMUM = 40;

    private final PrivateConversations conversations;
    private final ConversationRenderer renderer;
    private final Links links;
    private final Parameters parameters;
    private final Caller caller;

    public ConversationResource(PrivateConversations conversations, ConversationRenderer renderer, Links links, Parameters parameters, Caller caller) {
        this.conversations = conversations;
        this.renderer = renderer;
        this.links = links;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:statuses")
    public Response list() {
        Page page = parameters.page(DEFAULT, MAXIMUM);
        List<PrivateConversation> found = conversations.list(caller.accountId(), page);
        return Links.answer(renderer.render(found, caller.accountId()),
            links.statuses(found.stream().map(PrivateConversation::lastStatusId).toList(), page.limit()));
    }

    @POST
    @Path("/{id}/read")
    @Access(value = Level.USER_TOKEN, scopes = "write:conversations")
    public ConversationEntity read(@PathParam("id") long id) {
        return mark(id, false);
    }

    @POST
    @Path("/{id}/unread")
    @Access(value = Level.USER_TOKEN, scopes = "write:conversations")
    public ConversationEntity unread(@PathParam("id") long id) {
        return mark(id, true);
    }

    private ConversationEntity mark(long id, boolean unread) {
        PrivateConversation marked = conversations.mark(caller.accountId(), id, unread).orElseThrow(Refusal::notFound);
        return renderer.render(List.of(marked), caller.accountId()).getFirst();
    }

    /** Puts it away from this reader's list; the posts stay. */
    @DELETE
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "write:conversations")
    public Map<String, String> remove(@PathParam("id") long id) {
        if (!conversations.remove(caller.accountId(), id)) {
            throw Refusal.notFound();
        }
        return Map.of();
    }
}
