package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.Addressing;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.status.RemoteInteractions;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.status.Visibility;

/**
 * A boost. The post is the stored one or comes from its own server, never out of the Announce (hostile input 25).
 * Groups announce whole activities (FEP-1b12): of a Create or Update the post is taken, not as a boost; other
 * announced activities are their servers' to count.
 */
@ApplicationScoped
class AnnounceHandler implements ActivityHandler {
    private final Relevance relevance;
    private final StatusStore statuses;
    private final AccountStore accounts;
    private final RemoteObjects objects;
    private final RemoteInteractions interactions;

    AnnounceHandler(Relevance relevance, StatusStore statuses, AccountStore accounts, RemoteObjects objects, RemoteInteractions interactions) {
        this.relevance = relevance;
        this.statuses = statuses;
        this.accounts = accounts;
        this.objects = objects;
        this.interactions = interactions;
    }

    @Override
    public String type() {
        return "Announce";
    }

    @Override
    public Verdict verify(Incoming incoming) {
        String uri = incoming.activity().objectId();
        if (uri == null || incoming.activity().id() == null) {
            return new Verdict.Ignored("an Announce needs an id and an object");
        }
        return Verdict.when(relevance.isFollowedHere(incoming.sender().id())
            || statuses.byUri(uri).filter(Status::local).isPresent(), "it concerns nobody here");
    }

    @Override
    public void apply(Incoming incoming) {
        ApReference object = incoming.activity().object();
        Optional<ApActivity> announced = Optional.ofNullable(object.embedded())
            .map(Vocabulary::read).filter(ApActivity.class::isInstance).map(ApActivity.class::cast);
        if (announced.isPresent()) {
            takePost(announced.get(), incoming);
        } else {
            objects.byUri(object.id(), incoming.budget()).filter(status -> isBoostable(status, incoming.sender()))
                .ifPresent(status -> boost(status, incoming));
        }
    }

    private void takePost(ApActivity announced, Incoming incoming) {
        boolean bringsPost = announced.type().equals("Create") || announced.type().equals("Update");
        if (bringsPost && announced.objectId() != null && incoming.sender().isGroup()) {
            objects.byUri(announced.objectId(), incoming.budget());
        }
    }

    /** What everybody may read; what only followers may, by its author alone; nothing of somebody suspended here. */
    private boolean isBoostable(Status status, Account sender) {
        boolean open = status.visibility() == Visibility.PUBLIC || status.visibility() == Visibility.UNLISTED;
        boolean own = status.visibility() == Visibility.PRIVATE && status.accountId() == sender.id();
        return (open || own) && !status.isReblog() && accounts.byId(status.accountId()).filter(author -> !author.isSuspended()).isPresent();
    }

    private void boost(Status status, Incoming incoming) {
        ApActivity activity = incoming.activity();
        interactions.announce(incoming.sender().id(), status.id(), activity.id(),
            Addressing.visibility(activity.to(), activity.cc(), incoming.sender().followersUrl()), activity.published());
    }
}
