package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.object.Authority;
import social.dunlin.relationship.RemoteRelationships;

/** Whom of ours an activity means. */
@ApplicationScoped
class LocalPeople {
    private final AccountStore accounts;
    private final RemoteRelationships relationships;

    LocalPeople(AccountStore accounts, RemoteRelationships relationships) {
        this.accounts = accounts;
        this.relationships = relationships;
    }

    Optional<Account> byUri(String uri) {
        return uri == null ? Optional.empty() : accounts.byUri(uri).filter(Account::isLocal).filter(account -> account.deletedAt() == null);
    }

    /**
     * The local follower that an answer to a Follow means: by the id under which we sent it, else by the embedded
     * Follow, which must be of the sender (its id alone proves nothing).
     */
    OptionalLong followerOf(Account followed, ApReference follow) {
        if (follow == null) {
            return OptionalLong.empty();
        }
        OptionalLong byId = follow.id() == null ? OptionalLong.empty() : relationships.followerByUri(follow.id(), followed.id());
        if (byId.isPresent() || follow.embedded() == null) {
            return byId;
        }
        ApActivity embedded = Vocabulary.activity(follow.embedded());
        if (!embedded.type().equals("Follow") || !followed.uri().equals(embedded.objectId())) {
            return OptionalLong.empty();
        }
        return byUri(embedded.actor()).filter(local -> !isOfAnEarlierFollow(local, followed, follow.id()))
            .map(local -> OptionalLong.of(local.id())).orElse(OptionalLong.empty());
    }

    /** One sent and taken back before the one that stands: a late answer to it says nothing of this one. */
    private boolean isOfAnEarlierFollow(Account local, Account followed, String followUri) {
        return followUri != null && Authority.mayAssert(local.uri(), followUri) && relationships.hasFollowUnderAnotherId(local.id(), followed.id(), followUri);
    }
}
