package social.dunlin.federation.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.Activities;
import social.dunlin.activitypub.ApTag;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.federation.document.StatusActivities;
import social.dunlin.id.Snowflakes;
import social.dunlin.queue.Jobs;
import social.dunlin.status.Reaction;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;

/**
 * The outbox on the database. What goes to one person, and what must be read before its row is gone, is written as
 * deliveries at once; posts and profiles are left to a job.
 */
@ApplicationScoped
public class FederatedOutbox implements Outbox {
    private final Database database;
    private final Domains domains;
    private final AccountStore accounts;
    private final StatusStore statuses;
    private final StatusActivities activities;
    private final Deliveries deliveries;
    private final Jobs jobs;

    public FederatedOutbox(Database database, Domains domains, AccountStore accounts, StatusStore statuses, StatusActivities activities,
            Deliveries deliveries, Jobs jobs) {
        this.database = database;
        this.domains = domains;
        this.accounts = accounts;
        this.statuses = statuses;
        this.activities = activities;
        this.deliveries = deliveries;
        this.jobs = jobs;
    }

    @Override
    public void statusCreated(long statusId) {
        federated(statusId).ifPresent(status -> jobs.enqueue(new OutboxTask.StatusCreated(statusId).job(status.accountId())));
    }

    @Override
    public void statusCreated(Status status, boolean concerned) {
        if (concerned && status.visibility().federates()) {
            jobs.enqueue(new OutboxTask.StatusCreated(status.id()).job(status.accountId()));
        }
    }

    @Override
    public void statusEdited(long statusId) {
        federated(statusId).ifPresent(status -> jobs.enqueue(new OutboxTask.StatusEdited(statusId).job(status.accountId())));
    }

    /** A post of ours that may leave this server at all; of a boost, also what it boosts. */
    private Optional<Status> federated(long statusId) {
        return statuses.byId(statusId).filter(Status::local).filter(status -> status.visibility().federates())
            .filter(status -> !status.isReblog()
                || statuses.byId(status.originalId()).filter(original -> original.visibility().federates()).isPresent());
    }

    @Override
    public void statusDeleted(long statusId) {
        federated(statusId).ifPresent(status -> {
            if (status.isReblog()) {
                undoAnnounce(status);
            } else {
                send(status.accountId(), status.uri(), activities.delete(status), activities.audienceOfDelete(status));
            }
        });
    }

    @Override
    public void reblogUndone(long reblogStatusId) {
        federated(reblogStatusId).filter(Status::isReblog).ifPresent(this::undoAnnounce);
    }

    private void undoAnnounce(Status boost) {
        ObjectNode announce = activities.announce(boost);
        send(boost.accountId(), boost.uri(), undo(announce), activities.audienceOfAnnounce(boost));
    }

    @Override
    public void favourited(long accountId, long statusId) {
        toAuthorOf(accountId, statusId, (actor, status, author) -> {
            String uri = uris(actor).like(actor.username(), Snowflakes.next());
            database.execute("update favourite set uri = $3 where account_id = $1 and status_id = $2", accountId, statusId, uri);
            send(accountId, interaction("like", actor, status.uri()), Activities.like(uri, actor.uri(), status.uri()), Audience.of(author.id()));
        });
    }

    @Override
    public void favouriteUndone(long accountId, long statusId, String likeUri) {
        toAuthorOf(accountId, statusId, (actor, status, author) -> {
            String uri = likeUri != null ? likeUri : uris(actor).like(actor.username(), statusId);
            send(accountId, interaction("like", actor, status.uri()), undo(Activities.like(uri, actor.uri(), status.uri())), Audience.of(author.id()));
        });
    }

    @Override
    public void reacted(long accountId, long statusId, Reaction reaction) {
        toAuthorOf(accountId, statusId, (actor, status, author) -> {
            String uri = uris(actor).reaction(actor.username(), Snowflakes.next());
            database.execute("update emoji_reaction set uri = $4 where account_id = $1 and status_id = $2 and name = $3",
                accountId, statusId, reaction.name(), uri);
            send(accountId, interaction("react", actor, status.uri()), emojiReact(uri, actor, status, reaction), Audience.of(author.id()));
        });
    }

    @Override
    public void reactionUndone(long accountId, long statusId, Reaction reaction, String uri) {
        toAuthorOf(accountId, statusId, (actor, status, author) -> {
            String id = uri != null ? uri : uris(actor).reaction(actor.username(), statusId);
            send(accountId, interaction("react", actor, status.uri()), undo(emojiReact(id, actor, status, reaction)), Audience.of(author.id()));
        });
    }

    private static ObjectNode emojiReact(String uri, Account actor, Status status, Reaction reaction) {
        return Activities.emojiReact(uri, actor.uri(), status.uri(), reaction.name(), reaction.url());
    }

    private interface ToAuthor {
        void send(Account actor, Status status, Account author);
    }

    private void toAuthorOf(long accountId, long statusId, ToAuthor action) {
        Optional<Status> status = statuses.byId(statusId).filter(found -> !found.local());
        Optional<Account> actor = local(accountId);
        Optional<Account> author = status.flatMap(found -> remote(found.accountId()));
        if (actor.isPresent() && author.isPresent()) {
            action.send(actor.get(), status.get(), author.get());
        }
    }

    @Override
    public void followRequested(long accountId, long targetAccountId) {
        toPerson(accountId, targetAccountId, (actor, target) -> {
            String uri = uris(actor).follow(actor.username(), Snowflakes.next());
            database.execute("update follow_request set uri = $3 where account_id = $1 and target_account_id = $2", accountId, targetAccountId, uri);
            database.execute("update follow set uri = $3 where account_id = $1 and target_account_id = $2", accountId, targetAccountId, uri);
            send(accountId, interaction("follow", actor, target.uri()), Activities.follow(uri, actor.uri(), target.uri()), Audience.of(targetAccountId));
        });
    }

    @Override
    public void followsUndone(List<FollowTold> follows) {
        tell(follows, "follow", (actor, target, followUri) -> undo(Activities.follow(
            followUri != null ? followUri : uris(actor).follow(actor.username(), target.id()), actor.uri(), target.uri())));
    }

    @Override
    public void followsAccepted(List<FollowTold> follows) {
        tell(follows, "answer", (actor, follower, followUri) ->
            Activities.accept(uris(actor).acceptFollow(actor.username(), Snowflakes.next()), actor.uri(), followOf(follower, actor, followUri)));
    }

    @Override
    public void followsRejected(List<FollowTold> follows) {
        tell(follows, "answer", (actor, follower, followUri) ->
            Activities.reject(uris(actor).rejectFollow(actor.username(), Snowflakes.next()), actor.uri(), followOf(follower, actor, followUri)));
    }

    private interface FollowWord {
        ObjectNode of(Account actor, Account other, String followUri);
    }

    /** Two statements, whatever their number. */
    private void tell(List<FollowTold> follows, String kind, FollowWord word) {
        if (follows.isEmpty()) {
            return;
        }
        Map<Long, Account> people = accounts.byIds(follows.stream().flatMap(follow -> Stream.of(follow.accountId(), follow.otherId())).distinct().toList());
        deliveries.sendEach(follows.stream().filter(follow -> isToBeTold(people.get(follow.accountId()), people.get(follow.otherId()))).map(follow -> {
            Account actor = people.get(follow.accountId());
            Account other = people.get(follow.otherId());
            ObjectNode activity = word.of(actor, other, follow.followUri());
            return new Deliveries.Addressed(new OutgoingActivity(actor.id(), activity.get("id").textValue(), interaction(kind, actor, other.uri()),
                activity.toString()), other.id());
        }).toList());
    }

    private static boolean isToBeTold(Account actor, Account other) {
        return actor != null && actor.isLocal() && other != null && isReachable(other);
    }

    /** The Follow as its sender wrote it; one that came without an id gets one of the sender's host, for some insist. */
    private static ObjectNode followOf(Account follower, Account actor, String followUri) {
        return Activities.follow(followUri != null ? followUri : follower.uri() + "#follow", follower.uri(), actor.uri());
    }

    @Override
    public void blocked(long accountId, long targetAccountId) {
        toPerson(accountId, targetAccountId, (actor, target) -> {
            String uri = uris(actor).block(actor.username(), Snowflakes.next());
            database.execute("update block set uri = $3 where account_id = $1 and target_account_id = $2", accountId, targetAccountId, uri);
            send(accountId, interaction("block", actor, target.uri()), Activities.block(uri, actor.uri(), target.uri()), Audience.of(targetAccountId));
        });
    }

    @Override
    public void blockUndone(long accountId, long targetAccountId, String blockUri) {
        toPerson(accountId, targetAccountId, (actor, target) -> {
            String uri = blockUri != null ? blockUri : uris(actor).block(actor.username(), targetAccountId);
            send(accountId, interaction("block", actor, target.uri()), undo(Activities.block(uri, actor.uri(), target.uri())),
                Audience.of(targetAccountId));
        });
    }

    private interface ToPerson {
        void send(Account actor, Account target);
    }

    private void toPerson(long accountId, long targetId, ToPerson action) {
        Map<Long, Account> both = accounts.byIds(List.of(accountId, targetId));
        Account actor = both.get(accountId);
        Account target = both.get(targetId);
        if (isToBeTold(actor, target)) {
            action.send(actor, target);
        }
    }

    @Override
    public void accountChanged(long accountId) {
        local(accountId).ifPresent(account -> jobs.enqueue(new OutboxTask.AccountChanged(accountId).job(accountId)));
    }

    @Override
    public void accountMoved(long accountId) {
        local(accountId).ifPresent(account -> jobs.enqueue(new OutboxTask.AccountMoved(accountId).job(accountId)));
    }

    @Override
    public void pinChanged(long accountId, long statusId, boolean pinned) {
        Optional<Account> actor = local(accountId);
        Optional<Status> status = federated(statusId).filter(found -> found.accountId() == accountId && !found.isReblog());
        if (actor.isPresent() && status.isPresent()) {
            String name = actor.get().username();
            Uris uris = uris(actor.get());
            String id = uris.actor(name) + "#pins/" + Snowflakes.next();
            send(accountId, interaction("pin", actor.get(), status.get().uri()), pinned
                ? Activities.add(id, actor.get().uri(), status.get().uri(), uris.featured(name))
                : Activities.remove(id, actor.get().uri(), status.get().uri(), uris.featured(name)), Audience.followers(accountId));
        }
    }

    @Override
    public void hashtagFeatured(long accountId, String name, boolean featured) {
        local(accountId).ifPresent(actor -> {
            Uris uris = uris(actor);
            String id = uris.actor(actor.username()) + "#featured-tags/" + Snowflakes.next();
            ApTag.Hashtag hashtag = new ApTag.Hashtag(uris.tag(name), name);
            String target = uris.featured(actor.username());
            send(accountId, interaction("hashtag", actor, hashtag.href()), featured
                ? Activities.addHashtag(id, actor.uri(), hashtag, target) : Activities.removeHashtag(id, actor.uri(), hashtag, target),
                Audience.followers(accountId));
        });
    }

    private Optional<Account> local(long accountId) {
        return accounts.byId(accountId).filter(Account::isLocal);
    }

    private Optional<Account> remote(long accountId) {
        return accounts.byId(accountId).filter(FederatedOutbox::isReachable);
    }

    private static boolean isReachable(Account account) {
        return !account.isLocal() && account.deletedAt() == null;
    }

    private Uris uris(Account local) {
        return new Uris(domains.byId(local.domainId().orElseThrow()).baseUrl());
    }

    private static ObjectNode undo(ObjectNode activity) {
        return Activities.undo(Uris.undo(activity.get("id").textValue()), activity.get("actor").textValue(), activity);
    }

    private static String interaction(String kind, Account actor, String object) {
        return kind + " " + actor.uri() + " " + object;
    }

    private void send(long accountId, String subject, ObjectNode activity, Audience audience) {
        deliveries.send(new OutgoingActivity(accountId, activity.get("id").textValue(), subject, activity.toString()), audience);
    }
}
