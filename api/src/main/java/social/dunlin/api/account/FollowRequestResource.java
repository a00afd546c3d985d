package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.RelationshipEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.paging.Page;
import social.dunlin.relationship.RelationshipLists;
import social.dunlin.relationship.RelationshipService;

/** {@code /api/v1/follow_requests}: who asks to follow, and the answer. */
@Path("/api/v1/follow_requests")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class FollowRequestResource {
    private final RelationshipService relationships;
    private final RelationshipLists lists;
    private final AccountPages pages;
    private final Parameters parameters;
    private final Caller caller;

    public FollowRequestResource(RelationshipService relationships, RelationshipLists lists, AccountPages pages, Parameters parameters,
            Caller caller) {
        this.relationships = relationships;
        this.lists = lists;
        this.pages = pages;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "read:follows"})
    public Response requests() {
        Page page = parameters.page(AccountPages.DEFAULT, AccountPages.MAXIMUM);
        return pages.answer(lists.followRequests(caller.accountId(), page), page);
    }

    @POST
    @Path("/{accountId}/authorize")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:follows"})
    public RelationshipEntity authorize(@PathParam("accountId") long accountId) {
        return RelationshipEntity.of(relationships.authorize(caller.accountId(), accountId));
    }

    @POST
    @Path("/{accountId}/reject")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:follows"})
    public RelationshipEntity reject(@PathParam("accountId") long accountId) {
        return RelationshipEntity.of(relationships.reject(caller.accountId(), accountId));
    }
}
