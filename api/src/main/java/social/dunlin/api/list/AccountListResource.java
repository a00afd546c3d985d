package social.dunlin.api.list;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.ListEntity;
import social.dunlin.list.ListService;

/** {@code /api/v1/accounts/:id/lists}: those of the reader's lists that somebody stands in. */
@Path("/api/v1/accounts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AccountListResource {
    private final ListService lists;
    private final Caller caller;

    public AccountListResource(ListService lists, Caller caller) {
        this.lists = lists;
        this.caller = caller;
    }

    @GET
    @Path("/{id}/lists")
    @Access(value = Level.USER_TOKEN, scopes = "read:lists")
    public List<ListEntity> lists(@PathParam("id") long id) {
        return lists.containing(caller.accountId(), id).stream().map(ListEntity::of).toList();
    }
}
