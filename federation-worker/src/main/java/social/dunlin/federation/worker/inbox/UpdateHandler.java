package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.activitypub.ApActor;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.federation.object.Authority;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.status.RemoteStatuses;

/** The sender changed itself (hostile input 34), a post or a collection of its own. */
@ApplicationScoped
class UpdateHandler implements ActivityHandler {
    private final OwnNotes notes;
    private final Relevance relevance;
    private final RemoteActors actors;
    private final RemoteObjects objects;
    private final RemoteStatuses statuses;
    private final CollectionActivities collections;

    UpdateHandler(OwnNotes notes, Relevance relevance, RemoteActors actors, RemoteObjects objects, RemoteStatuses statuses,
                  CollectionActivities collections) {
        this.collections = collections;
        this.notes = notes;
        this.relevance = relevance;
        this.actors = actors;
        this.objects = objects;
        this.statuses = statuses;
    }

    @Override
    public String type() {
        return "Update";
    }

    @Override
    public Verdict verify(Incoming incoming) {
        return Verdict.when(Authority.mayAssert(incoming.sender().uri(), incoming.activity().objectId()), "it lives elsewhere");
    }

    @Override
    public void apply(Incoming incoming) {
        ApReference object = incoming.activity().object();
        if (object.id().equals(incoming.sender().uri())) {
            updateActor(incoming, object);
        } else if (object.embedded() != null && Vocabulary.read(object.embedded()) instanceof ApActor) {
            // A moderator tells of a community of the same server (Lemmy, Mbin): worth a look, no more.
            actors.refresh(object.id(), incoming.budget());
        } else if (collections.concerns(incoming)) {
            collections.changed(incoming);
        } else {
            notes.of(incoming, object).filter(note -> relevance.concernsUs(note, incoming) || relevance.isKnown(note.id()))
                .ifPresent(note -> statuses.update(objects.clean(note, incoming.activity(), incoming.sender(), incoming.budget())));
        }
    }

    private void updateActor(Incoming incoming, ApReference object) {
        if (object.embedded() != null && Vocabulary.read(object.embedded()) instanceof ApActor actor) {
            actors.update(incoming.sender(), actor, incoming.budget());
        } else {
            actors.fetch(object.id(), incoming.budget());
        }
    }
}
