package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.status.RemoteCommunities;
import social.dunlin.status.RemoteInteractions;
import social.dunlin.status.RemoteReactions;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/**
 * Votes that a community passes on, counted for posts that stand in it. Nobody here votes by way of another server. Who
 * is not known here is looked up for the sake of our own posts alone: their authors are told.
 */
@ApplicationScoped
class AnnouncedVotes {
    private final StatusStore statuses;
    private final AccountStore accounts;
    private final RemoteActors actors;
    private final RemoteCommunities communities;
    private final RemoteInteractions interactions;
    private final RemoteReactions reactions;

    AnnouncedVotes(StatusStore statuses, AccountStore accounts, RemoteActors actors, RemoteCommunities communities,
            RemoteInteractions interactions, RemoteReactions reactions) {
        this.statuses = statuses;
        this.accounts = accounts;
        this.actors = actors;
        this.communities = communities;
        this.interactions = interactions;
        this.reactions = reactions;
    }

    private record Vote(Account voter, Status status) {
    }

    void cast(ApActivity vote, Incoming incoming) {
        vote(vote, incoming, true).ifPresent(cast -> {
            if (vote.type().equals("Like")) {
                interactions.favourite(cast.voter.id(), cast.status.id(), vote.id());
            } else {
                reactions.dislike(cast.voter.id(), cast.status.id(), vote.id());
            }
        });
    }

    void withdraw(ApActivity vote, Incoming incoming) {
        vote(vote, incoming, false).ifPresent(cast -> {
            if (vote.type().equals("Like")) {
                reactions.undoLike(cast.voter.id(), cast.status.id(), vote.id());
            } else {
                reactions.undoDislike(cast.voter.id(), cast.status.id());
            }
        });
    }

    private Optional<Vote> vote(ApActivity vote, Incoming incoming, boolean fetched) {
        Optional<Status> status = Optional.ofNullable(vote.objectId()).flatMap(statuses::byUri)
            .filter(found -> communities.isIn(found, incoming.sender().id()));
        return status.flatMap(found -> voter(vote.actor(), fetched && found.local(), incoming).map(voter -> new Vote(voter, found)));
    }

    private Optional<Account> voter(String uri, boolean fetched, Incoming incoming) {
        Optional<Account> voter = accounts.byUri(uri);
        if (voter.isEmpty() && fetched && actors.byUri(uri, incoming.budget()) instanceof ActorFetch.Found(Account found)) {
            voter = Optional.of(found);
        }
        return voter.filter(found -> !found.isLocal() && !found.isSuspended());
    }
}
