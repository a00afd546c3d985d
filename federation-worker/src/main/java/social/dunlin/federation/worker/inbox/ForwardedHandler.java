package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApObject;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.inbox.ForwardedJob;
import social.dunlin.federation.object.Authority;
import social.dunlin.federation.object.OriginCheck;
import social.dunlin.federation.proof.ProofCheck;
import social.dunlin.federation.relay.Relays;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.status.StatusStore;

/**
 * What was passed on by another than its actor. With an integrity proof by the actor's own key it counts as if the actor
 * had sent it. Otherwise it is a hint: the object is fetched from its own server, and deleted when that says that it is
 * gone. Signatures of linked data (RsaSignature2017) prove nothing here (hostile input 47). Nothing is marked as seen:
 * the actor's own copy may still come.
 */
@ApplicationScoped
public class ForwardedHandler implements JobHandler {
    private static final Logger LOG = Logger.getLogger(ForwardedHandler.class);
    private static final Duration LATER = Duration.ofMinutes(5);
    /** A proof says who wrote it, not whether it still holds. These carry what tells: ids, tombstones, times of edits. */
    private static final Set<String> PROVABLE = Set.of("Create", "Update", "Delete", "Announce");

    private final AccountStore accounts;
    private final StatusStore statuses;
    private final ProofCheck proofs;
    private final InboxHandler inbox;
    private final Relevance relevance;
    private final Relays relays;
    private final OriginCheck origin;

    ForwardedHandler(AccountStore accounts, StatusStore statuses, ProofCheck proofs, InboxHandler inbox, Relevance relevance, Relays relays,
            OriginCheck origin) {
        this.accounts = accounts;
        this.statuses = statuses;
        this.proofs = proofs;
        this.inbox = inbox;
        this.relevance = relevance;
        this.relays = relays;
        this.origin = origin;
    }

    @Override
    public String kind() {
        return ForwardedJob.KIND;
    }

    /** Each may make us ask another server: one that passes on much does so a little at a time. */
    @Override
    public int concurrencyPerKey() {
        return 2;
    }

    @Override
    public void handle(JobRun run) {
        ForwardedJob job = ForwardedJob.read(run.payload());
        Optional<Account> signer = accounts.byUri(job.signer()).filter(account -> !account.isLocal() && !account.isSuspended());
        if (signer.isEmpty()) {
            return;
        }
        ApActivity activity = Incoming.read(job.body());
        if (isProvable(activity) && !isRelayed(activity, job.signer()) && proofs.isProven(activity)) {
            accounts.byUri(activity.actor()).filter(account -> !account.isLocal() && account.deletedAt() == null)
                .ifPresent(actor -> inbox.take(activity, actor, job.body()));
        } else if (Authority.mayAssert(activity.actor(), activity.objectId())) {
            lookAtOrigin(activity, job.signer(), Budgets.forActivity());
        } else {
            LOG.debugf("%s passed on by %s ignored: nothing to fetch", activity.type(), job.signer());
        }
    }

    private boolean isProvable(ApActivity activity) {
        return PROVABLE.contains(activity.type()) && !passesOn(activity) && (!activity.type().equals("Update") || isLaterVersion(activity));
    }

    /** What relays bring is wanted though it concerns nobody here; a proof alone would make it a stranger's post, which is dropped. */
    private boolean isRelayed(ApActivity activity, String signer) {
        return activity.type().equals("Create") && relays.isRelay(signer);
    }

    /**
     * Profiles bear no time of their last change, and numbers, consent and policies of a post change under the same one: an
     * old Update could not be told from a new one.
     */
    private boolean isLaterVersion(ApActivity update) {
        ApObject note = update.object() == null ? null : update.object().embedded();
        Instant updated = note == null ? null : note.date("updated");
        return updated != null && statuses.byUri(update.objectId()).filter(known -> updated.isAfter(known.versionAt())).isPresent();
    }

    private static boolean isProfile(ApActivity activity) {
        return activity.type().equals("Update") && activity.actor().equals(activity.objectId());
    }

    /** What a community says of activities (FEP-1b12) bears no time either: a Like would come back after its Undo. */
    private static boolean passesOn(ApActivity activity) {
        return activity.type().equals("Announce") && activity.objects().stream()
            .anyMatch(object -> object.embedded() != null && Vocabulary.read(object.embedded()) instanceof ApActivity);
    }

    private void lookAtOrigin(ApActivity activity, String signer, FetchBudget budget) {
        switch (activity.type()) {
            case "Create", "Update" -> {
                if (isProfile(activity)) {
                    origin.freshenActor(activity.actor(), budget);
                } else if (relays.isRelay(signer)) {
                    origin.freshen(activity.objectId(), note -> true, budget);
                } else if (mayConcernUs(activity)) {
                    origin.freshen(activity.objectId(), note -> relevance.concernsUs(note, activity.actor()), budget);
                }
            }
            case "Delete" -> {
                if (!origin.deleteIfGone(activity.objectId(), activity.actor(), budget)) {
                    throw JobFailure.retryAfter(LATER, "The origin cannot be asked now");
                }
            }
            default -> LOG.debugf("%s passed on by %s ignored: its type", activity.type(), signer);
        }
    }

    /** What is inside is believed no further than to spare a fetch: most of what is passed on concerns nobody here. */
    private boolean mayConcernUs(ApActivity activity) {
        if (relevance.isKnown(activity.objectId()) || activity.object().embedded() == null) {
            return true;
        }
        return relevance.concernsUs(Vocabulary.note(activity.object().embedded()), activity.actor());
    }
}
