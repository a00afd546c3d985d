package social.dunlin.api.activitypub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.activitypub.NoteDocument;
import social.dunlin.activitypub.OrderedCollectionDocument;
import social.dunlin.activitypub.TombstoneDocument;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.federation.document.NoteDocuments;
import social.dunlin.federation.document.PublishedCollections;
import social.dunlin.federation.document.PublishedCollections.Grave;
import social.dunlin.federation.document.StatusActivities;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.status.Visibility;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** Posts as documents, for whoever may see them: {@link StatusVisibility} decides, with the signer as the reader. */
@Path("/users/{name}/statuses/{id: [0-9]{1,19}}")
@RunOnVirtualThread
public class StatusDocumentResource {
    private final Caller caller;
    private final LocalActors actors;
    private final StatusStore statuses;
    private final StatusVisibility visibility;
    private final NoteDocuments notes;
    private final StatusActivities activities;
    private final PublishedCollections collections;
    private final SignedRequests signatures;

    public StatusDocumentResource(Caller caller, LocalActors actors, StatusStore statuses, StatusVisibility visibility, NoteDocuments notes,
            StatusActivities activities, PublishedCollections collections, SignedRequests signatures) {
        this.caller = caller;
        this.actors = actors;
        this.statuses = statuses;
        this.visibility = visibility;
        this.notes = notes;
        this.activities = activities;
        this.collections = collections;
        this.signatures = signatures;
    }

    @GET
    @Access(Level.SIGNATURE)
    public Response note(@PathParam("name") String name, @PathParam("id") String id, @HeaderParam("Accept") String accept) {
        Uris uris = new Uris(caller.domain().baseUrl());
        Account account = actors.existing(caller.domain(), name);
        long number = number(id);
        if (!ActivityPubNegotiation.wantsActivity(accept)) {
            return ActivityPubNegotiation.page(uris.statusPage(account.username(), number));
        }
        Optional<Grave> grave = collections.grave(uris.status(account.username(), number));
        if (grave.isPresent()) {
            signatures.viewerIfKnown();
            return ActivityPubNegotiation.gone(TombstoneDocument.of(uris.status(account.username(), number),
                grave.get().formerType(), grave.get().deletedAt()));
        }
        return ActivityPubNegotiation.document(NoteDocument.of(notes.view(visible(account, number, false))));
    }

    @GET
    @Path("/activity")
    @Access(Level.SIGNATURE)
    public Response activity(@PathParam("name") String name, @PathParam("id") String id) {
        return ActivityPubNegotiation.document(activities.made(visible(actors.existing(caller.domain(), name), number(id), true)));
    }

    /** Answers everybody may read; whole while they are few. */
    @GET
    @Path("/replies")
    @Access(Level.SIGNATURE)
    public Response replies(@PathParam("name") String name, @PathParam("id") String id, @QueryParam("page") String page,
            @QueryParam("min_id") Long minId) {
        Status status = visible(actors.existing(caller.domain(), name), number(id), false);
        return ActivityPubNegotiation.document(PostCollection.of(status.uri() + "/replies", page != null, minId, status.repliesCount(),
            after -> collections.replies(status.id(), Viewer.anonymous(), after)));
    }

    @GET
    @Path("/likes")
    @Access(Level.SIGNATURE)
    public Response likes(@PathParam("name") String name, @PathParam("id") String id) {
        Status status = visible(actors.existing(caller.domain(), name), number(id), false);
        return ActivityPubNegotiation.document(OrderedCollectionDocument.paged(status.uri() + "/likes", status.favouritesCount(), null));
    }

    @GET
    @Path("/shares")
    @Access(Level.SIGNATURE)
    public Response shares(@PathParam("name") String name, @PathParam("id") String id) {
        Status status = visible(actors.existing(caller.domain(), name), number(id), false);
        return ActivityPubNegotiation.document(OrderedCollectionDocument.paged(status.uri() + "/shares", status.reblogsCount(), null));
    }

    /** 404 for what is not there and for what is not for this reader; the key of a stranger is fetched only for what is not public. */
    private Status visible(Account account, long id, boolean boosts) {
        Status status = statuses.byId(id)
            .filter(found -> found.accountId() == account.id() && found.visibility().federates() && (boosts || !found.isReblog()))
            .orElseThrow(Refusal::notFound);
        boolean open = status.visibility() == Visibility.PUBLIC || status.visibility() == Visibility.UNLISTED;
        if (!visibility.maySee(open ? signatures.viewerIfKnown() : signatures.viewer(), status)) {
            throw Refusal.notFound();
        }
        return status;
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException tooLong) {
            throw Refusal.notFound();
        }
    }
}
