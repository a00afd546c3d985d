package social.dunlin.api.activitypub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.federation.document.PublishedCollections;
import social.dunlin.federation.document.PublishedCollections.Post;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.status.Visibility;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** The posts of a thread that began here, for servers that miss some (FEP-7888, FEP-f228). */
@Path("/contexts/{id: [0-9]{1,18}}")
@RunOnVirtualThread
public class ContextResource {
    private final Caller caller;
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final StatusVisibility visibility;
    private final PublishedCollections collections;
    private final SignedRequests signatures;

    public ContextResource(Caller caller, AccountStore accounts, StatusStore statuses, StatusVisibility visibility,
            PublishedCollections collections, SignedRequests signatures) {
        this.caller = caller;
        this.accounts = accounts;
        this.statuses = statuses;
        this.visibility = visibility;
        this.collections = collections;
        this.signatures = signatures;
    }

    @GET
    @Access(Level.SIGNATURE)
    public Response context(@PathParam("id") long id, @QueryParam("page") String page, @QueryParam("min_id") Long minId) {
        Viewer viewer = signatures.viewerIfKnown();
        Status root = statuses.byId(id).filter(ContextResource::isOpen).filter(found -> visibility.maySee(viewer, found)).orElseThrow(Refusal::notFound);
        Account author = accounts.byId(root.accountId()).filter(found -> found.domainId().orElse(-1) == caller.domain().id()).orElseThrow(Refusal::notFound);
        List<Post> posts = collections.thread(root.id(), Viewer.anonymous());
        ObjectNode document = PostCollection.of(new Uris(caller.domain().baseUrl()).context(root.id()), page != null, minId, posts.size(),
            after -> posts.stream().filter(post -> after == 0 || post.statusId() > after && post.statusId() != root.id())
                .limit(PublishedCollections.POSTS_PAGE).toList());
        return ActivityPubNegotiation.document(page == null ? document.put("attributedTo", author.uri()) : document);
    }

    private static boolean isOpen(Status status) {
        boolean open = status.visibility() == Visibility.PUBLIC || status.visibility() == Visibility.UNLISTED;
        return status.local() && open && !status.isReblog() && !status.isReply();
    }
}
