package social.dunlin.api.activitypub;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import social.dunlin.account.AccountStore;
import social.dunlin.account.AccountStore.Standing;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.api.access.Limit;
import social.dunlin.api.access.RateLimits;
import social.dunlin.federation.actor.KnownSenders;
import social.dunlin.federation.fetch.BlockedHosts;
import social.dunlin.federation.followers.SynchronizationHeader;
import social.dunlin.federation.followers.SynchronizationRequests;
import social.dunlin.federation.inbox.ForwardedJob;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.federation.signature.SignedRequest;
import social.dunlin.federation.signature.VerificationOutcome.Refused;
import social.dunlin.federation.signature.VerificationOutcome.Verified;
import social.dunlin.id.ObjectUri;
import social.dunlin.queue.GatheredJobs;
import social.dunlin.refusal.Refusal;

/**
 * Decides whether a received activity is taken, in the order of federation reference §5.1: type, form, what needs no
 * look at the sender, then the signature. What it says is done by a job.
 */
@ApplicationScoped
class InboxReception {
    private static final Set<String> TYPES = Set.of("application/activity+json", "application/ld+json", "application/json");

    private final AccountStore accounts;
    private final KnownSenders senders;
    private final SignatureCheck signatures;
    private final SynchronizationRequests synchronization;
    private final GatheredJobs jobs;
    private final RateLimits limits;
    private final BlockedHosts blocked;

    InboxReception(AccountStore accounts, KnownSenders senders, SignatureCheck signatures, SynchronizationRequests synchronization, GatheredJobs jobs,
            RateLimits limits, BlockedHosts blocked) {
        this.accounts = accounts;
        this.senders = senders;
        this.signatures = signatures;
        this.synchronization = synchronization;
        this.jobs = jobs;
        this.limits = limits;
        this.blocked = blocked;
    }

    /** Refuses, or takes it: then it is done, or dropped, or queued. */
    void receive(String contentType, SignedRequest request) {
        requireType(contentType);
        ApActivity activity = parse(request.body());
        // Others who come at the same time wait a moment for this one, to be queued together.
        try (GatheredJobs.Announcement queueing = jobs.announce()) {
            receive(activity, request, queueing);
        }
    }

    private void receive(ApActivity activity, SignedRequest request, GatheredJobs.Announcement queueing) {
        Optional<Standing> actor = senders.standing(activity.actor());
        if (isNewsOfAStranger(activity, actor)) {
            return;
        }
        refuseUnwanted(actor, activity);
        if (actor.isEmpty() && blocked.isHome(activity.actor())) {
            throw Refusal.forbidden("Nothing is taken from this server");
        }
        Verified signature = requireSignature(request);
        limits.count(Limit.SERVER, ObjectUri.parse(signature.owner()).host().site()).refuseExcess();
        if (!signature.owner().equals(activity.actor())) {
            takeForwarded(activity, signature, request, queueing);
            return;
        }
        if (actor.isEmpty()) {
            // Its key was fetched just now, and with it whether it is still there.
            refuseUnwanted(senders.standing(activity.actor()), activity);
        }
        queueing.enqueue(new InboxJob(activity.actor(), text(request), activity).job());
        compareFollowers(activity.actor(), signature, request);
    }

    private static String text(SignedRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    /**
     * Passed on by another than its actor: by inbox forwarding or a relay, which do so with what proves its origin by
     * itself. Anything else pretends (hostile input 26). Even then it is no more than a hint for the job.
     */
    private void takeForwarded(ApActivity activity, Verified signature, SignedRequest request, GatheredJobs.Announcement queueing) {
        if (!activity.source().has("signature") && !activity.source().has("proof")) {
            throw new Refusal(401, "The signature is not the actor's");
        }
        if (senders.standing(signature.owner()).filter(signer -> !signer.local() && !signer.suspended() && !signer.deleted()).isEmpty()) {
            throw Refusal.forbidden("Nothing is taken from this actor");
        }
        queueing.enqueue(new ForwardedJob(signature.owner(), text(request)).job());
    }

    /** Only a header that the signature covers is the actor's word. */
    private void compareFollowers(String actor, Verified signature, SignedRequest request) {
        boolean covered = signature.covered().stream().anyMatch(SynchronizationHeader.NAME::equalsIgnoreCase);
        request.header(SynchronizationHeader.NAME).filter(value -> covered).ifPresent(value -> accounts.byUri(actor)
            .ifPresent(sender -> synchronization.noticed(sender, value, request.targetUri().host().value())));
    }

    /** Servers tell everybody of deleted and changed accounts; of those never seen here not even the key is worth a fetch. */
    private static boolean isNewsOfAStranger(ApActivity activity, Optional<Standing> actor) {
        boolean unknown = actor.isEmpty() || actor.get().deleted();
        boolean news = activity.type().equals("Delete") || activity.type().equals("Update");
        return unknown && news && activity.actor().equals(activity.objectId());
    }

    private static void requireType(String type) {
        String essence = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!TYPES.contains(essence)) {
            throw new Refusal(415, "An activity is application/activity+json");
        }
    }

    private static ApActivity parse(byte[] bytes) {
        try {
            ApActivity activity = Vocabulary.activity(ActivityJson.parse(bytes));
            if (activity.type().isEmpty() || activity.actor() == null) {
                throw Refusal.badRequest("An activity has a type and an actor");
            }
            return activity;
        } catch (MalformedDocument malformed) {
            throw Refusal.badRequest(malformed.getMessage());
        }
    }

    /** Hostile input 40. Local actors speak by our API alone (hostile input 34). */
    private static void refuseUnwanted(Optional<Standing> actor, ApActivity activity) {
        boolean unwanted = actor.filter(account -> account.local() || account.deleted()
            || account.suspended() && !InboxJob.isTakenFromSuspended(activity.type())).isPresent();
        if (unwanted) {
            throw Refusal.forbidden("Nothing is taken from this actor");
        }
    }

    private Verified requireSignature(SignedRequest request) {
        return switch (signatures.verify(request)) {
            case Verified verified -> verified;
            case Refused refused -> throw new Refusal(refused.status(), refused.text());
        };
    }
}
