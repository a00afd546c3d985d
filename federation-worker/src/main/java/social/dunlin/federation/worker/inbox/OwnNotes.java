package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.object.Authority;
import social.dunlin.federation.object.RemoteObjects;

/**
 * The sender's own post out of a Create or Update. What is embedded counts when it is the sender's and lives at its
 * origin; a mere id of the same origin is fetched; anything of somebody else is not taken (hostile inputs 20, 25, 32).
 */
@ApplicationScoped
class OwnNotes {
    private final RemoteObjects objects;

    OwnNotes(RemoteObjects objects) {
        this.objects = objects;
    }

    Optional<ApNote> of(Incoming incoming, ApReference reference) {
        String sender = incoming.sender().uri();
        if (reference == null || !Authority.mayAssert(sender, reference.id())) {
            return Optional.empty();
        }
        if (reference.embedded() != null && Vocabulary.read(reference.embedded()) instanceof ApNote embedded
            && embedded.attributedTo() != null) {
            return Optional.of(embedded).filter(note -> Authority.mayAssert(sender, note));
        }
        return objects.fetchNote(reference.id(), incoming.budget()).filter(note -> Authority.mayAssert(sender, note));
    }
}
