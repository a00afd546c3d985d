package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.AccountEntity;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.entity.ApiTime;
import social.dunlin.api.entity.MutedAccountEntity;
import social.dunlin.api.request.Links;
import social.dunlin.api.request.Parameters;
import social.dunlin.id.Host;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.BlockedHost;
import social.dunlin.relationship.DomainBlockPreview;
import social.dunlin.relationship.Muted;
import social.dunlin.relationship.RelationshipLists;
import social.dunlin.relationship.RelationshipService;

/** {@code /api/v1/blocks}, {@code /mutes}, {@code /domain_blocks}, {@code /endorsements}: the reader's own lists. */
@Path("/api/v1")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class HiddenResource {
    private final RelationshipService relationships;
    private final RelationshipLists lists;
    private final AccountRenderer renderer;
    private final AccountPages pages;
    private final Links links;
    private final Parameters parameters;
    private final Caller caller;

    public HiddenResource(RelationshipService relationships, RelationshipLists lists, AccountRenderer renderer, AccountPages pages,
            Links links, Parameters parameters, Caller caller) {
        this.relationships = relationships;
        this.lists = lists;
        this.renderer = renderer;
        this.pages = pages;
        this.links = links;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Path("/blocks")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "read:blocks"})
    public Response blocks() {
        Page page = parameters.page(AccountPages.DEFAULT, AccountPages.MAXIMUM);
        return pages.answer(lists.blocks(caller.accountId(), page), page);
    }

    @GET
    @Path("/mutes")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "read:mutes"})
    public Response mutes() {
        Page page = parameters.page(AccountPages.DEFAULT, AccountPages.MAXIMUM);
        List<Muted> muted = lists.mutes(caller.accountId(), page);
        Map<Long, AccountEntity> entities = renderer.render(muted.stream().map(Muted::account).toList());
        return Links.answer(
            muted.stream().map(mute -> new MutedAccountEntity(entities.get(mute.account().id()), ApiTime.of(mute.expiresAt()))).toList(),
            links.relation(muted.stream().map(Muted::relationId).toList(), page.limit()));
    }

    @GET
    @Path("/endorsements")
    @Access(value = Level.USER_TOKEN, scopes = "read:accounts")
    public Response endorsements() {
        Page page = parameters.page(AccountPages.DEFAULT, AccountPages.MAXIMUM);
        return pages.answer(lists.endorsements(caller.accountId(), page), page);
    }

    @GET
    @Path("/domain_blocks")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "read:blocks"})
    public Response domainBlocks() {
        Page page = parameters.page(100, 200);
        List<BlockedHost> blocked = lists.blockedHosts(caller.accountId(), page);
        return Links.answer(blocked.stream().map(BlockedHost::host).toList(),
            links.relation(blocked.stream().map(BlockedHost::relationId).toList(), page.limit()));
    }

    @GET
    @Path("/domain_blocks/preview")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "read:blocks"})
    public Map<String, Integer> previewDomainBlock() {
        DomainBlockPreview preview = relationships.previewDomainBlock(caller.accountId(), host());
        return Map.of("following_count", preview.following(), "followers_count", preview.followers());
    }

    @POST
    @Path("/domain_blocks")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:blocks"})
    public Map<String, String> blockDomain() {
        relationships.blockDomain(caller.accountId(), host());
        return Map.of();
    }

    @DELETE
    @Path("/domain_blocks")
    @Access(value = Level.USER_TOKEN, scopes = {"follow", "write:blocks"})
    public Map<String, String> unblockDomain() {
        relationships.unblockDomain(caller.accountId(), host());
        return Map.of();
    }

    private String host() {
        return Host.tryParse(parameters.requiredText("domain").strip()).map(Host::value)
            .orElseThrow(() -> Refusal.invalid("Domain is not a valid domain name"));
    }
}
