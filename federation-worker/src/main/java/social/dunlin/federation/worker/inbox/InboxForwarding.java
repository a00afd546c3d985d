package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import social.dunlin.activitypub.ActivityStreams;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.database.Database;
import social.dunlin.federation.delivery.Forwards;
import social.dunlin.federation.delivery.OutgoingActivity;

/**
 * Inbox forwarding (ActivityPub §7.1.2, federation reference §6.3): what is said publicly about a public post of ours
 * is sent on to its author's followers, whom the sender does not know. Only what came from its actor, and only with a
 * proof inside that the receivers can check; without one they would have to drop it or ask its origin.
 */
@ApplicationScoped
class InboxForwarding {
    private static final Set<String> TYPES = Set.of("Create", "Update", "Delete");

    private final Database database;
    private final Forwards forwards;

    InboxForwarding(Database database, Forwards forwards) {
        this.database = database;
        this.forwards = forwards;
    }

    /**
     * Does what the activity says and sends it on.
     *
     * @param body the JSON text as it came: another rendering would break the proof
     */
    void around(Incoming incoming, String body, Runnable doing) {
        ApActivity activity = incoming.activity();
        // What is about to be deleted can be asked only before, what is new only afterwards.
        Optional<Long> deletedFor = activity.type().equals("Delete") ? audienceOf(activity) : Optional.empty();
        doing.run();
        deletedFor.or(() -> audienceOf(activity)).ifPresent(localAuthor -> forwards.toFollowersOf(
            new OutgoingActivity(localAuthor, activity.id(), activity.objectId(), body), incoming.sender().deliveryInbox()));
    }

    private Optional<Long> audienceOf(ApActivity activity) {
        boolean forwardable = activity.id() != null && activity.objectId() != null && TYPES.contains(activity.type()) && carriesProof(activity)
            && (activity.to().contains(ActivityStreams.PUBLIC) || activity.cc().contains(ActivityStreams.PUBLIC));
        return forwardable ? authorOfWhatItIsAbout(activity.objectId()) : Optional.empty();
    }

    private static boolean carriesProof(ApActivity activity) {
        return activity.source().has("signature") || activity.source().has("proof");
    }

    /** The local author of the public post that this public one answers or quotes. Indexes: status_uri, quote's key. */
    private Optional<Long> authorOfWhatItIsAbout(String uri) {
        return database.first("""
            select about.account_id from status
            left join quote on quote.status_id = status.id and quote.state = 'accepted'
            join status about on about.id in (status.in_reply_to_id, quote.quoted_status_id)
            where status.uri = $1 and not status.local and about.local
              and status.visibility in ('public', 'unlisted') and about.visibility in ('public', 'unlisted')
            limit 1""", row -> row.getLong("account_id"), uri);
    }
}
