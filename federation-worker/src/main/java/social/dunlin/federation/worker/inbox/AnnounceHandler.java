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
import social.dunlin.status.RemoteCommunities;
import social.dunlin.status.RemoteInteractions;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.status.Visibility;

/**
 * A boost. The post is the stored one or comes from its own server, never out of the Announce (hostile input 25).
 * Communities announce whole activities too (FEP-1b12): {@link AnnouncedActivities}.
 */
@ApplicationScoped
class AnnounceHandler implements ActivityHandler {
    /** A community may pass on several votes at once. */
    private static final int MAXIMUM_OBJECTS = 50;

    private final Relevance relevance;
    private final StatusStore statuses;
    private final AccountStore accounts;
    private final RemoteObjects objects;
    private final RemoteInteractions interactions;
    private final RemoteCommunities communities;
    private final AnnouncedActivities announcedActivities;

    AnnounceHandler(Relevance relevance, StatusStore statuses, AccountStore accounts, RemoteObjects objects, RemoteInteractions interactions,
            RemoteCommunities communities, AnnouncedActivities announcedActivities) {
        this.relevance = relevance;
        this.statuses = statuses;
        this.accounts = accounts;
        this.objects = objects;
        this.interactions = interactions;
        this.communities = communities;
        this.announcedActivities = announcedActivities;
    }

    @Override
    public String type() {
        return "Announce";
    }

    @Override
    public Verdict verify(Incoming incoming) {
        Optional<ApActivity> inner = Optional.ofNullable(incoming.activity().object()).flatMap(AnnounceHandler::innerActivity);
        String uri = inner.isPresent() ? AnnouncedActivities.subject(inner.get()) : incoming.activity().objectId();
        if (incoming.activity().id() == null || inner.isEmpty() && uri == null) {
            return new Verdict.Ignored("an Announce needs an id and an object");
        }
        Optional<String> refusal = inner.flatMap(activity -> AnnouncedActivities.refusal(activity, incoming.sender()));
        return refusal.<Verdict>map(Verdict.Ignored::new).orElseGet(() -> Verdict.when(relevance.isFollowedHere(incoming.sender().id())
            || uri != null && statuses.byUri(uri).filter(Status::local).isPresent(), "it concerns nobody here"));
    }

    /** An embedded activity; an embedded post is only an id. */
    private static Optional<ApActivity> innerActivity(ApReference object) {
        return Optional.ofNullable(object.embedded())
            .map(Vocabulary::read).filter(ApActivity.class::isInstance).map(ApActivity.class::cast);
    }

    @Override
    public void apply(Incoming incoming) {
        incoming.activity().objects().stream().limit(MAXIMUM_OBJECTS).forEach(object -> {
            Optional<ApActivity> inner = innerActivity(object);
            if (inner.isEmpty()) {
                post(object, incoming).ifPresent(status -> boost(status, incoming));
            } else if (AnnouncedActivities.refusal(inner.get(), incoming.sender()).isEmpty()) {
                announcedActivities.apply(inner.get(), incoming);
            }
        });
    }

    private Optional<Status> post(ApReference object, Incoming incoming) {
        return object.id() == null ? Optional.empty()
            : objects.byUri(object.id(), incoming.budget()).filter(status -> isBoostable(status, incoming.sender()));
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
        if (incoming.sender().isGroup()) {
            communities.place(status, incoming.sender().id());
        }
    }
}
