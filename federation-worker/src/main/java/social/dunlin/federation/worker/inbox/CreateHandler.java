package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApReference;
import social.dunlin.federation.object.Authority;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.status.RemoteInteractions;
import social.dunlin.status.RemoteStatuses;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.status.StoredStatus;

/** A post of the sender's, or votes in a poll of ours: GoToSocial sends several of those in one Create. */
@ApplicationScoped
class CreateHandler implements ActivityHandler {
    private static final int MAXIMUM_OBJECTS = 20;

    private final OwnNotes notes;
    private final Relevance relevance;
    private final RemoteObjects objects;
    private final RemoteStatuses remoteStatuses;
    private final RemoteInteractions interactions;
    private final StatusStore statuses;

    CreateHandler(OwnNotes notes, Relevance relevance, RemoteObjects objects, RemoteStatuses remoteStatuses,
            RemoteInteractions interactions, StatusStore statuses) {
        this.notes = notes;
        this.relevance = relevance;
        this.objects = objects;
        this.remoteStatuses = remoteStatuses;
        this.interactions = interactions;
        this.statuses = statuses;
    }

    @Override
    public String type() {
        return "Create";
    }

    /** Nothing of another origin is even looked at. */
    @Override
    public Verdict verify(Incoming incoming) {
        return Verdict.when(incoming.activity().objects().stream()
            .anyMatch(object -> Authority.mayAssert(incoming.sender().uri(), object.id())), "no object of the sender's own");
    }

    @Override
    public void apply(Incoming incoming) {
        for (ApReference object : incoming.activity().objects().stream().limit(MAXIMUM_OBJECTS).toList()) {
            notes.of(incoming, object).ifPresent(note -> take(note, incoming));
        }
    }

    private void take(ApNote note, Incoming incoming) {
        Optional<Status> poll = note.isVote() ? statuses.byUri(note.inReplyTo()).filter(Status::local) : Optional.empty();
        if (poll.isPresent()) {
            interactions.vote(incoming.sender().id(), poll.get().id(), note.name(), note.id());
        } else if (Authority.isKept(note) && relevance.concernsUs(note, incoming)) {
            store(note, incoming);
        }
    }

    private void store(ApNote note, Incoming incoming) {
        StoredStatus outcome = remoteStatuses.store(objects.clean(note, incoming.activity(), incoming.sender(), incoming.budget()));
        if (outcome instanceof StoredStatus.Stored && note.inReplyTo() != null) {
            objects.fetchAncestors(note.inReplyTo(), incoming.budget());
        }
    }
}
