package social.dunlin.federation.proof;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.federation.actor.ActorKeys;
import social.dunlin.federation.object.Authority;
import social.dunlin.federation.signature.IntegrityProof;
import social.dunlin.federation.signature.KeyLookup;

/** Whether an activity that came by way of others proves by itself that its actor wrote it. */
@ApplicationScoped
public class ProofCheck {
    private final ActorKeys keys;

    public ProofCheck(ActorKeys keys) {
        this.keys = keys;
    }

    /** True when a proof holds by a key of the actor's own, and the activity lives where the actor does. */
    public boolean isProven(ApActivity activity) {
        return activity.actor() != null && (activity.id() == null || Authority.mayAssert(activity.actor(), activity.id()))
            && IntegrityProof.of(activity.source().json()).stream().anyMatch(proof -> isBy(activity.actor(), proof));
    }

    /** No key is fetched that does not live where the actor does: it could not be the actor's. */
    private boolean isBy(String actor, IntegrityProof proof) {
        return Authority.mayAssert(actor, proof.verificationMethod())
            && keys.find(proof.verificationMethod()) instanceof KeyLookup.Found found
            && found.owner().equals(actor) && proof.verifies(found.key(), Instant.now());
    }
}
