package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.MalformedDocument;
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
    /**
     * A proof says who wrote it and not when: whoever keeps a Follow could send it again after its Undo. These carry what
     * tells a second time from the first: ids, tombstones, times of edits.
     */
    private static final Set<String> PROVABLE = Set.of("Create", "Update", "Delete", "Announce");

    private final AccountStore accounts;
    private final ProofCheck proofs;
    private final InboxHandler inbox;
    private final Relevance relevance;
    private final Relays relays;
    private final OriginCheck origin;

    ForwardedHandler(AccountStore accounts, ProofCheck proofs, InboxHandler inbox, Relevance relevance, Relays relays, OriginCheck origin) {
        this.accounts = accounts;
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

    /** Each may make us ask another server: a host that passes on much does so a little at a time. */
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
        ApActivity activity = read(job.body());
        if (PROVABLE.contains(activity.type()) && !isProfile(activity) && !passesOn(activity) && proofs.isProven(activity)) {
            accounts.byUri(activity.actor()).filter(account -> !account.isLocal() && account.deletedAt() == null)
                .ifPresent(actor -> inbox.take(activity, actor, job.body()));
        } else if (Authority.mayAssert(activity.actor(), activity.objectId())) {
            lookAtOrigin(activity, job.signer(), Budgets.forActivity());
        } else {
            LOG.debugf("%s passed on by %s ignored: nothing to fetch", activity.type(), job.signer());
        }
    }

    /** A profile bears no time of its last change, so an old one could be sent again. */
    private static boolean isProfile(ApActivity activity) {
        return activity.type().equals("Update") && activity.actor().equals(activity.objectId());
    }

    /** What a community says of activities (FEP-1b12) bears no time either: a Like would come back after its Undo. */
    private static boolean passesOn(ApActivity activity) {
        return activity.type().equals("Announce") && activity.objects().stream()
            .anyMatch(object -> object.embedded() != null && Vocabulary.read(object.embedded()) instanceof ApActivity);
    }

    private static ApActivity read(String body) {
        try {
            return Vocabulary.activity(ActivityJson.parse(body.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedDocument malformed) {
            throw JobFailure.permanent(malformed.getMessage());
        }
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
