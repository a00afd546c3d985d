package social.dunlin.relationship;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.FollowTold;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.RelationshipStore.Ended;

/**
 * The rules between accounts, for what local people ask. Every call is idempotent (unique keys decide)
 * and answers with the new state. What other servers say comes in by {@link RemoteRelationships}.
 */
@ApplicationScoped
public class RelationshipService {
    private static final String NOT_ALLOWED = "This action is not allowed";

    private final Database database;
    private final AccountStore accounts;
    private final RelationshipStore store;
    private final HomeBackfill home;
    private final RelationshipNotifications notifications;
    private final Outbox outbox;
    private final Severances severances;

    public RelationshipService(Database database, AccountStore accounts, RelationshipStore store, HomeBackfill home,
            RelationshipNotifications notifications, Outbox outbox, Severances severances) {
        this.database = database;
        this.accounts = accounts;
        this.store = store;
        this.home = home;
        this.notifications = notifications;
        this.outbox = outbox;
        this.severances = severances;
    }

    /** How one account stands to others; unknown ids are left out. One statement whatever the number. */
    public List<Relationship> relationships(long viewerId, Collection<Long> ids, boolean withSuspended) {
        return store.relationships(viewerId, ids, withSuspended);
    }

    /**
     * Follows, or asks to. A remote account is followed only when its server has accepted: until then the
     * row is a request, and a request shows nothing to anybody. The answer to this call, though, says
     * {@code following} for an unlocked remote account, as Mastodon's does and clients expect
     * (reference: behaviours §4); the next {@link #relationships} tells {@code requested} until the Accept is here.
     */
    public Relationship follow(long accountId, long targetId, FollowOptions options) {
        return database.transaction(() -> {
            Pair pair = pair(accountId, targetId);
            boolean mustAsk = pair.target.locked() || pair.account.silencedAt() != null;
            if (!store.changeFollow(accountId, targetId, options)) {
                refuseUnlessFollowable(pair);
                if (mustAsk || !pair.target.isLocal()) {
                    request(pair, options);
                } else {
                    connect(pair, options);
                }
            }
            Relationship relationship = relationship(accountId, targetId);
            return mustAsk || pair.target.isLocal() ? relationship : relationship.presumedAccepted();
        });
    }

    private void refuseUnlessFollowable(Pair pair) {
        if (pair.account.hasMoved()) {
            throw Refusal.forbidden("You have moved to another account");
        }
        if (pair.target.hasMoved() || store.isFollowForbidden(pair.account.id(), pair.target.id())) {
            throw Refusal.forbidden(NOT_ALLOWED);
        }
    }

    private void request(Pair pair, FollowOptions options) {
        store.addRequest(pair.account.id(), pair.target.id(), null, options);
        if (pair.target.isLocal()) {
            notifications.followRequested(pair.account.id(), pair.target.id());
        } else {
            outbox.followRequested(pair.account.id(), pair.target.id());
        }
    }

    private void connect(Pair pair, FollowOptions options) {
        store.addFollow(pair.account.id(), pair.target.id(), null, options);
        notifications.followed(pair.account.id(), pair.target.id());
        home.fill(pair.account.id(), pair.target.id());
    }

    /**
     * Followers of an account that moved: those whose request for the new one was written just now ask, all leave the old
     * one. An open local account takes them at once.
     */
    void moveFollows(List<Long> asking, List<Long> leaving, Account from, Account to) {
        for (long follower : asking) {
            if (!to.isLocal()) {
                outbox.followRequested(follower, to.id());
            } else if (to.locked()) {
                notifications.followRequested(follower, to.id());
            } else if (store.acceptRequest(follower, to.id()).isPresent()) {
                notifications.followed(follower, to.id());
                home.fill(follower, to.id());
            }
        }
        accounts.byIds(leaving).values().forEach(follower -> endFollow(follower, from));
    }

    /** Ends a follow or takes back the request for one. */
    public Relationship unfollow(long accountId, long targetId) {
        return database.transaction(() -> {
            Pair pair = pair(accountId, targetId);
            endFollow(pair.account, pair.target);
            return relationship(accountId, targetId);
        });
    }

    private void endFollow(Account follower, Account target) {
        List<Ended> ended = store.endFollow(follower.id(), target.id());
        if (ended.isEmpty()) {
            return;
        }
        home.remove(follower.id(), target.id());
        notifications.withdrawn(follower.id(), target.id());
        if (!target.isLocal()) {
            outbox.followUndone(follower.id(), target.id(), ended.getFirst().uri());
        }
    }

    /** Ends every follow between people here and a remote account that is suspended; they and its server are told. */
    public void endFollowsWith(Account remote) {
        database.transaction(() -> {
            severances.beforeSuspension(remote);
            tellEnded(store.endFollowsWith(remote.id()), follow -> follow.accountId() != remote.id());
            home.removeEverywhere(remote.id());
        });
    }

    /**
     * Ends every follow between people here and a server with those below it, which this one blocks; they and it are told.
     *
     * @param name of the server, without a port
     */
    public void endFollowsWithServer(String name) {
        database.transaction(() -> {
            severances.beforeServerBlock(name);
            List<Ended> ended = store.endFollowsWithServer(name);
            Map<Long, Account> people = accounts.byIds(ended.stream().map(Ended::accountId).toList());
            notifications.withdrawn(ended);
            tellEnded(ended, follow -> people.get(follow.accountId()).isLocal());
        });
    }

    /** Takes a follower who asked; asking again what is decided already changes nothing. */
    public Relationship authorize(long accountId, long followerId) {
        return database.transaction(() -> {
            Account follower = existing(followerId);
            store.acceptRequest(followerId, accountId).ifPresentOrElse(
                request -> accepted(List.of(request), Map.of(followerId, follower)),
                () -> refuseUnless(store.follows(followerId, accountId)));
            return relationship(accountId, followerId);
        });
    }

    private void accepted(List<Ended> requests, Map<Long, Account> followers) {
        notifications.withdrawn(requests);
        Map<Boolean, List<Ended>> byPlace = requests.stream().collect(Collectors.partitioningBy(request -> followers.get(request.accountId()).isLocal()));
        home.fillAll(byPlace.get(true));
        outbox.followsAccepted(byPlace.get(false).stream().map(RelationshipService::toldByTarget).toList());
    }

    /** Takes all who asked, at the cost of one: the account is no longer locked. */
    public void authorizeAll(long accountId) {
        database.transaction(() -> {
            List<Ended> requests = store.acceptAllRequests(accountId);
            accepted(requests, accounts.byIds(requests.stream().map(Ended::accountId).toList()));
        });
    }

    private static FollowTold toldByFollower(Ended follow) {
        return new FollowTold(follow.accountId(), follow.targetId(), follow.uri());
    }

    private static FollowTold toldByTarget(Ended follow) {
        return new FollowTold(follow.targetId(), follow.accountId(), follow.uri());
    }

    /** @param ended between people here and elsewhere; @param isOurs whether it was the follower who is here */
    private void tellEnded(List<Ended> ended, Predicate<Ended> isOurs) {
        Map<Boolean, List<Ended>> byPlace = ended.stream().collect(Collectors.partitioningBy(isOurs));
        outbox.followsUndone(byPlace.get(true).stream().map(RelationshipService::toldByFollower).toList());
        outbox.followsRejected(byPlace.get(false).stream().map(RelationshipService::toldByTarget).toList());
    }

    /** Refuses a request to follow. */
    public Relationship reject(long accountId, long followerId) {
        return database.transaction(() -> {
            Account follower = existing(followerId);
            Ended request = store.removeRequest(followerId, accountId).orElseThrow(Refusal::notFound);
            notifications.withdrawn(followerId, accountId);
            if (!follower.isLocal()) {
                outbox.followRejected(accountId, followerId, request.uri());
            }
            return relationship(accountId, followerId);
        });
    }

    /** Sends a follower away without a block. */
    public Relationship removeFollower(long accountId, long followerId) {
        return database.transaction(() -> {
            Account follower = existing(followerId);
            dismiss(accountId, follower);
            return relationship(accountId, followerId);
        });
    }

    private void dismiss(long accountId, Account follower) {
        List<Ended> ended = store.endFollow(follower.id(), accountId);
        if (ended.isEmpty()) {
            return;
        }
        notifications.withdrawn(follower.id(), accountId);
        if (follower.isLocal()) {
            home.remove(follower.id(), accountId);
        } else {
            outbox.followRejected(accountId, follower.id(), ended.getFirst().uri());
        }
    }

    /** Blocks: both follows end, and what the other one did disappears from feed and notifications. */
    public Relationship block(long accountId, long targetId) {
        return database.transaction(() -> {
            Pair pair = pair(accountId, targetId);
            if (store.addBlock(accountId, targetId, null)) {
                endFollow(pair.account, pair.target);
                dismiss(accountId, pair.target);
                store.removeEndorsements(accountId, targetId);
                home.removeAllTraces(accountId, targetId);
                notifications.forget(accountId, targetId);
                if (pair.target.isLocal()) {
                    home.removeAllTraces(targetId, accountId);
                } else {
                    outbox.blocked(accountId, targetId);
                }
            }
            return relationship(accountId, targetId);
        });
    }

    public Relationship unblock(long accountId, long targetId) {
        return database.transaction(() -> {
            Pair pair = pair(accountId, targetId);
            store.endBlock(accountId, targetId).filter(block -> !pair.target.isLocal())
                .ifPresent(block -> outbox.blockUndone(accountId, targetId, block.uri()));
            return relationship(accountId, targetId);
        });
    }

    /**
     * Mutes, or changes the mute. The other side learns nothing of it.
     *
     * @param duration zero = for ever
     */
    public Relationship mute(long accountId, long targetId, boolean hideNotifications, Duration duration) {
        return database.transaction(() -> {
            pair(accountId, targetId);
            store.putMute(accountId, targetId, hideNotifications, duration.isZero() ? null : Instant.now().plus(duration));
            home.removeAllTraces(accountId, targetId);
            return relationship(accountId, targetId);
        });
    }

    public Relationship unmute(long accountId, long targetId) {
        return database.transaction(() -> {
            pair(accountId, targetId);
            if (store.removeMute(accountId, targetId)) {
                home.fill(accountId, targetId);
            }
            return relationship(accountId, targetId);
        });
    }

    /** Removes mutes whose time is over, a bounded number at once; gives how many. */
    public int endExpiredMutes() {
        return database.transaction(() -> {
            List<Ended> ended = store.removeExpiredMutes();
            home.fillAll(ended);
            return ended.size();
        });
    }

    /** A private remark, seen by its writer alone; blank = none. */
    public Relationship note(long accountId, long targetId, String comment) {
        if (comment.codePointCount(0, comment.length()) > 2000) {
            throw Refusal.invalid("Comment is too long (maximum is 2000 characters)");
        }
        return database.transaction(() -> {
            pair(accountId, targetId);
            store.putNote(accountId, targetId, comment);
            return relationship(accountId, targetId);
        });
    }

    /** Shows a followed account on one's profile. */
    public Relationship endorse(long accountId, long targetId) {
        return database.transaction(() -> {
            pair(accountId, targetId);
            if (!store.follows(accountId, targetId)) {
                throw Refusal.invalid("You must be already following the person you want to endorse");
            }
            store.addEndorsement(accountId, targetId);
            return relationship(accountId, targetId);
        });
    }

    public Relationship unendorse(long accountId, long targetId) {
        return database.transaction(() -> {
            pair(accountId, targetId);
            store.removeEndorsement(accountId, targetId);
            return relationship(accountId, targetId);
        });
    }

    /**
     * Hides a whole server from one account: follows both ways end, and its people disappear from feed and
     * notifications.
     *
     * @param host canonical handle domain
     */
    public void blockDomain(long accountId, String host) {
        database.transaction(() -> {
            if (!store.addDomainBlock(accountId, host)) {
                return;
            }
            severances.beforeBlock(accountId, host);
            tellEnded(store.endFollowsWithHost(accountId, host), follow -> follow.accountId() == accountId);
            home.removeHost(accountId, host);
            notifications.forgetHost(accountId, host);
        });
    }

    /** Follows both ways that blocking this server would end. */
    public DomainBlockPreview previewDomainBlock(long accountId, String host) {
        return store.previewDomainBlock(accountId, host);
    }

    public void unblockDomain(long accountId, String host) {
        store.removeDomainBlock(accountId, host);
    }

    private Relationship relationship(long accountId, long targetId) {
        return store.relationships(accountId, List.of(targetId), true).getFirst();
    }

    private static void refuseUnless(boolean there) {
        if (!there) {
            throw Refusal.notFound();
        }
    }

    private Account existing(long id) {
        return accounts.byId(id).filter(account -> account.deletedAt() == null).orElseThrow(Refusal::notFound);
    }

    private record Pair(Account account, Account target) {
    }

    /** Both accounts by one statement; the same one twice is refused, as is one that is gone. */
    private Pair pair(long accountId, long targetId) {
        if (accountId == targetId) {
            throw Refusal.forbidden(NOT_ALLOWED);
        }
        Map<Long, Account> both = accounts.byIds(List.of(accountId, targetId));
        Account account = both.get(accountId);
        Account target = both.get(targetId);
        if (account == null || target == null || target.deletedAt() != null) {
            throw Refusal.notFound();
        }
        return new Pair(account, target);
    }
}
