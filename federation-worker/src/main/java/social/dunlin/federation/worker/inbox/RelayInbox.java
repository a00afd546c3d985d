package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.federation.relay.Relays;

/**
 * What relays say to us as relays: their answer, their Follow in return, and what they announce, which is no boost: the
 * post is fetched from its own server and stands among the public ones (federation reference §6.4).
 */
@ApplicationScoped
class RelayInbox {
    private final Relays relays;
    private final RemoteObjects objects;

    RelayInbox(Relays relays, RemoteObjects objects) {
        this.relays = relays;
        this.objects = objects;
    }

    /** True when it was a relay's and is done. */
    boolean takes(ApActivity activity, Account sender) {
        return switch (activity.type()) {
            case "Accept" -> relays.answered(sender.uri(), activity.objectId(), true);
            case "Reject" -> relays.answered(sender.uri(), activity.objectId(), false);
            case "Follow" -> relays.followedBack(sender, activity.id(), activity.objectId());
            case "Announce" -> relays.isRelay(sender.uri()) && fetch(activity);
            default -> false;
        };
    }

    private boolean fetch(ApActivity announce) {
        if (announce.objectId() != null) {
            objects.byUri(announce.objectId(), Budgets.forActivity());
        }
        return true;
    }
}
