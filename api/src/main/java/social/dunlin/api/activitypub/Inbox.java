package social.dunlin.api.activitypub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.federation.signature.VerificationOutcome.Refused;
import social.dunlin.federation.signature.VerificationOutcome.Verified;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;

/**
 * Takes activities in, in the order of federation reference §5.1: size, type, form, then the signature; what it says is
 * done by a job.
 */
@ApplicationScoped
class Inbox {
    /** What somebody suspended here may still send: it takes things back. */
    private static final Set<String> FROM_SUSPENDED = Set.of("Delete", "Reject", "Undo", "Update");
    private static final Set<String> TYPES = Set.of("application/activity+json", "application/ld+json", "application/json");

    private final AccountStore accounts;
    private final SignedRequests signatures;
    private final Jobs jobs;

    Inbox(AccountStore accounts, SignedRequests signatures, Jobs jobs) {
        this.accounts = accounts;
        this.signatures = signatures;
        this.jobs = jobs;
    }

    Response receive(String type, Long length, InputStream body) throws IOException {
        byte[] bytes = read(length, body);
        requireType(type);
        ApActivity activity = parse(bytes);
        Optional<Account> actor = accounts.byUri(activity.actor());
        boolean takesItselfAway = activity.type().equals("Delete") && activity.actor().equals(activity.objectId());
        boolean known = actor.isPresent() && actor.get().deletedAt() == null;
        if (takesItselfAway && !known) {
            return accepted();
        }
        refuseUnwanted(actor, activity);
        requireSignatureOf(activity.actor(), bytes);
        refuseUnwanted(accounts.byUri(activity.actor()), activity);
        jobs.enqueue(new InboxJob(activity.actor(), new String(bytes, StandardCharsets.UTF_8)).job());
        return accepted();
    }

    private static byte[] read(Long length, InputStream body) throws IOException {
        if (length != null && length > ActivityJson.MAXIMUM_SIZE) {
            throw tooLarge();
        }
        byte[] bytes = body.readNBytes(ActivityJson.MAXIMUM_SIZE + 1);
        if (bytes.length > ActivityJson.MAXIMUM_SIZE) {
            throw tooLarge();
        }
        return bytes;
    }

    private static Refusal tooLarge() {
        return new Refusal(413, "The activity is larger than 1 MiB");
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
    private static void refuseUnwanted(Optional<Account> actor, ApActivity activity) {
        boolean unwanted = actor.filter(account -> account.isLocal() || account.deletedAt() != null
            || account.suspendedAt() != null && !FROM_SUSPENDED.contains(activity.type())).isPresent();
        if (unwanted) {
            throw Refusal.forbidden("Nothing is taken from this actor");
        }
    }

    /** The key's owner must be the activity's actor (hostile input 26). */
    private void requireSignatureOf(String actor, byte[] bytes) {
        switch (signatures.verify(bytes)) {
            case Verified verified -> {
                if (!verified.owner().equals(actor)) {
                    throw new Refusal(401, "The signature is not the actor's");
                }
            }
            case Refused refused -> throw new Refusal(refused.status(), refused.text());
        }
    }

    private static Response accepted() {
        return Response.accepted().build();
    }
}
