package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.Handle;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.DeprecatedSince;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.AccountEntity;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.entity.FeaturedTagEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.search.AccountFinder;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.RelationshipLists;
import social.dunlin.status.FeaturedTags;

/** {@code /api/v1/accounts}: reading and finding accounts. */
@Path("/api/v1/accounts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource {
    private static final int BY_IDS = 40;

    private final AccountStore accounts;
    private final AccountRenderer renderer;
    private final RelationshipLists lists;
    private final AccountPages pages;
    private final AccountFinder finder;
    private final RemoteActors remote;
    private final FeaturedTags tags;
    private final Parameters parameters;
    private final Caller caller;

    public AccountResource(AccountStore accounts, AccountRenderer renderer, RelationshipLists lists, AccountPages pages,
            AccountFinder finder, RemoteActors remote, FeaturedTags tags, Parameters parameters, Caller caller) {
        this.accounts = accounts;
        this.renderer = renderer;
        this.lists = lists;
        this.pages = pages;
        this.finder = finder;
        this.remote = remote;
        this.tags = tags;
        this.parameters = parameters;
        this.caller = caller;
    }

    /** As it is stored; an old copy of somebody elsewhere is fetched anew behind the reader's back. */
    @GET
    @Path("/{id}")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:accounts")
    public AccountEntity account(@PathParam("id") long id) {
        return renderer.render(remote.freshenLater(existing(id)));
    }

    /** Those of the ids that exist, in their order. */
    @GET
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:accounts")
    public List<AccountEntity> accounts() {
        List<Long> ids = parameters.ids("id").stream().distinct().limit(BY_IDS).toList();
        Map<Long, Account> found = accounts.byIds(ids);
        return renderer.renderList(ids.stream().map(found::get).filter(Objects::nonNull).filter(account -> account.deletedAt() == null).toList());
    }

    /** By handle, among those known here; asks no other server. */
    @GET
    @Path("/lookup")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:accounts")
    public AccountEntity lookup() {
        Account account = Handle.parse(parameters.requiredText("acct"), caller.domain().name())
            .flatMap(handle -> accounts.byHandle(handle.username(), handle.host()))
            .filter(found -> found.deletedAt() == null)
            .orElseThrow(Refusal::notFound);
        return renderer.render(account);
    }

    @GET
    @Path("/search")
    @Access(value = Level.USER_TOKEN, scopes = "read:accounts")
    public List<AccountEntity> search() {
        return renderer.renderList(finder.find(parameters.requiredText("q"), parameters.flag("resolve", false),
            parameters.flag("following", false), AccountFinder.limit(parameters), AccountFinder.offset(parameters)));
    }

    @GET
    @Path("/{id}/followers")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:accounts")
    public Response followers(@PathParam("id") long id) {
        Page page = parameters.page(AccountPages.DEFAULT, AccountPages.MAXIMUM);
        return pages.answer(lists.followers(existing(id), caller.viewer(), page), page);
    }

    @GET
    @Path("/{id}/following")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:accounts")
    public Response following(@PathParam("id") long id) {
        Page page = parameters.page(AccountPages.DEFAULT, AccountPages.MAXIMUM);
        return pages.answer(lists.following(existing(id), caller.viewer(), page), page);
    }

    /** Whom the account recommends. */
    @GET
    @Path("/{id}/endorsements")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:accounts")
    public Response endorsements(@PathParam("id") long id) {
        Page page = parameters.page(AccountPages.DEFAULT, AccountPages.MAXIMUM);
        Account account = existing(id);
        return pages.answer(account.isSuspended() ? List.of() : lists.endorsements(id, page), page);
    }

    /** The hashtags on the account's profile. */
    @GET
    @Path("/{id}/featured_tags")
    @Access(Level.OPTIONAL_TOKEN)
    public List<FeaturedTagEntity> featuredTags(@PathParam("id") long id) {
        return existing(id).isSuspended() ? List.of() : tags.of(id).stream().map(tag -> FeaturedTagEntity.of(tag, caller.domain())).toList();
    }

    /** The service by which they were proven is gone, and Mastodon has had none since. */
    @GET
    @Path("/{id}/identity_proofs")
    @DeprecatedSince("2022-03-30")
    @Access(Level.USER_TOKEN)
    public List<Object> identityProofs(@PathParam("id") long id) {
        existing(id);
        return List.of();
    }

    /** Whom the reader follows and who follows the account: a reason to trust a stranger. */
    @GET
    @Path("/familiar_followers")
    @Access(value = Level.USER_TOKEN, scopes = "read:follows")
    public List<FamiliarFollowersEntity> familiarFollowers() {
        List<Long> ids = parameters.ids("id").stream().distinct().limit(BY_IDS).toList();
        Map<Long, List<Long>> familiar = lists.familiarFollowers(caller.accountId(), ids);
        Map<Long, AccountEntity> entities = renderer.renderIds(familiar.values().stream().flatMap(List::stream).distinct().toList());
        return ids.stream().map(id -> new FamiliarFollowersEntity(Long.toString(id),
            familiar.getOrDefault(id, List.of()).stream().map(entities::get).filter(Objects::nonNull).toList())).toList();
    }

    /** @param id the account that was asked about */
    public record FamiliarFollowersEntity(String id, List<AccountEntity> accounts) {
    }

    private Account existing(long id) {
        return accounts.byId(id).filter(account -> account.deletedAt() == null).orElseThrow(Refusal::notFound);
    }
}
