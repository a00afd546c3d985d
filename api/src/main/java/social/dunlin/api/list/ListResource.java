package social.dunlin.api.list;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import social.dunlin.api.account.AccountPages;
import social.dunlin.api.entity.ListEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.list.ListService;
import social.dunlin.list.ListService.Change;
import social.dunlin.list.RepliesPolicy;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;

/** {@code /api/v1/lists}: the reader's lists and who is in them. */
@Path("/api/v1/lists")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ListResource {
    private static final int WHOLE_LIST = 1_000;

    private final ListService lists;
    private final AccountPages pages;
    private final Parameters parameters;
    private final Caller caller;

    public ListResource(ListService lists, AccountPages pages, Parameters parameters, Caller caller) {
        this.lists = lists;
        this.pages = pages;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:lists")
    public List<ListEntity> list() {
        return lists.list(caller.accountId()).stream().map(ListEntity::of).toList();
    }

    @POST
    @Access(value = Level.USER_TOKEN, scopes = "write:lists")
    public ListEntity create() {
        return ListEntity.of(lists.create(caller.accountId(), change()));
    }

    @GET
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "read:lists")
    public ListEntity get(@PathParam("id") long id) {
        return ListEntity.of(lists.get(caller.accountId(), id));
    }

    @PUT
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "write:lists")
    public ListEntity update(@PathParam("id") long id) {
        return ListEntity.of(lists.update(caller.accountId(), id, change()));
    }

    @DELETE
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "write:lists")
    public Map<String, String> remove(@PathParam("id") long id) {
        lists.remove(caller.accountId(), id);
        return Map.of();
    }

    private Change change() {
        return new Change(parameters.text("title").orElse(null),
            parameters.text("replies_policy").filter(text -> !text.isBlank())
                .map(name -> RepliesPolicy.ofApiName(name).orElseThrow(() -> Refusal.invalid("'%s' is not a valid replies_policy".formatted(name)))).orElse(null),
            parameters.flag("exclusive").orElse(null));
    }

    // ---------------------------------------------------------------- members

    /** A limit of zero means all of them (behaviours §2). */
    @GET
    @Path("/{id}/accounts")
    @Access(value = Level.USER_TOKEN, scopes = "read:lists")
    public Response accounts(@PathParam("id") long id) {
        Page page = parameters.number("limit").filter(limit -> limit == 0).map(all -> Page.first(WHOLE_LIST))
            .orElseGet(() -> parameters.page(AccountPages.DEFAULT, AccountPages.MAXIMUM));
        return pages.answer(lists.members(caller.accountId(), id, page), page);
    }

    @POST
    @Path("/{id}/accounts")
    @Access(value = Level.USER_TOKEN, scopes = "write:lists")
    public Map<String, String> add(@PathParam("id") long id) {
        lists.add(caller.accountId(), id, parameters.ids("account_ids"));
        return Map.of();
    }

    @DELETE
    @Path("/{id}/accounts")
    @Access(value = Level.USER_TOKEN, scopes = "write:lists")
    public Map<String, String> removeAccounts(@PathParam("id") long id) {
        lists.removeMembers(caller.accountId(), id, parameters.ids("account_ids"));
        return Map.of();
    }
}
