package social.dunlin.federation.proof;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.federation.actor.ActorKeys;
import social.dunlin.federation.object.Authority;
import social.dunlin.federation.signature.IntegrityProof;
import social.dunlin.federation.signature.KeyLookup;

/** Whether an activity that came by way of others proves by itself that its actor wrote it. */
@ApplicationScoped
public class ProofCheck {
    /**
     * A proof holds for ever, and whoever keeps the activity could send it again after it was taken back. What came under an id is
     * remembered for longer than this, so that no second time counts (LD signatures of Mastodon end after two days likewise).
     */
    private static final Duration COUNTS_FOR = Duration.ofDays(1);

    private final ActorKeys keys;

    public ProofCheck(ActorKeys keys) {
        this.keys = keys;
    }

    /** True when a proof of late holds by a key of the actor's own, and the activity has an id that lives where the actor does. */
    public boolean isProven(ApActivity activity) {
        return activity.actor() != null && Authority.mayAssert(activity.actor(), activity.id())
            && IntegrityProof.of(activity.source().json()).stream().anyMatch(proof -> isBy(activity.actor(), proof));
    }

    /** No key is fetched that does not live where the actor does: it could not be the actor's. */
    private boolean isBy(String actor, IntegrityProof proof) {
        Instant now = Instant.now();
        return Authority.mayAssert(actor, proof.verificationMethod()) && proof.isMadeSince(now.minus(COUNTS_FOR), now)
            && keys.find(proof.verificationMethod()) instanceof KeyLookup.Found found
            && found.owner().equals(actor) && proof.verifies(found.key(), now);
    }
}
