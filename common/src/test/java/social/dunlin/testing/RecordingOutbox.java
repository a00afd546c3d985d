package social.dunlin.testing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import social.dunlin.federation.outbox.FollowTold;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.status.Reaction;
import social.dunlin.status.Status;

/** Writes down what other servers would be told: {@code "statusCreated 17"}, {@code "followUndone alice rosa https://…"}. */
public final class RecordingOutbox implements Outbox {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Set<Long> concerning = ConcurrentHashMap.newKeySet();
    private final LongFunction<String> nameOfAccount;

    public RecordingOutbox() {
        this(Long::toString);
    }

    /** @param nameOfAccount what to write for an account's id */
    public RecordingOutbox(LongFunction<String> nameOfAccount) {
        this.nameOfAccount = nameOfAccount;
    }

    /** What was told so far; forgets it. */
    public List<String> taken() {
        List<String> result = List.copyOf(calls);
        calls.clear();
        return result;
    }

    private void note(String name, Object... values) {
        StringBuilder line = new StringBuilder(name);
        for (Object value : values) {
            if (value != null) {
                line.append(' ').append(value);
            }
        }
        calls.add(line.toString());
    }

    private void noteBetween(String name, long accountId, long otherId, String uri) {
        note(name, nameOfAccount.apply(accountId), nameOfAccount.apply(otherId), uri);
    }

    @Override
    public void statusCreated(long statusId) {
        note("statusCreated", statusId);
    }

    @Override
    public void statusCreated(Status status, boolean concerned) {
        if (status.visibility().federates()) {
            note("statusCreated", status.id());
        }
        if (concerned) {
            concerning.add(status.id());
        }
    }

    /** The new posts by which somebody on another server was said to be concerned. */
    public Set<Long> concerning() {
        return Set.copyOf(concerning);
    }

    @Override
    public void statusEdited(long statusId) {
        note("statusEdited", statusId);
    }

    @Override
    public void statusDeleted(long statusId) {
        note("statusDeleted", statusId);
    }

    @Override
    public void reblogUndone(long reblogStatusId) {
        note("reblogUndone", reblogStatusId);
    }

    @Override
    public void favourited(long accountId, long statusId) {
        note("favourited", nameOfAccount.apply(accountId), statusId);
    }

    @Override
    public void favouriteUndone(long accountId, long statusId, String likeUri) {
        note("favouriteUndone", nameOfAccount.apply(accountId), statusId, likeUri);
    }

    @Override
    public void reacted(long accountId, long statusId, Reaction reaction) {
        note("reacted", nameOfAccount.apply(accountId), statusId, reaction.name());
    }

    @Override
    public void reactionUndone(long accountId, long statusId, Reaction reaction, String uri) {
        note("reactionUndone", nameOfAccount.apply(accountId), statusId, reaction.name());
    }

    @Override
    public void followRequested(long accountId, long targetAccountId) {
        noteBetween("followRequested", accountId, targetAccountId, null);
    }

    @Override
    public void followsUndone(List<FollowTold> follows) {
        follows.forEach(follow -> noteBetween("followUndone", follow.accountId(), follow.otherId(), follow.followUri()));
    }

    @Override
    public void followsAccepted(List<FollowTold> follows) {
        follows.forEach(follow -> noteBetween("followAccepted", follow.accountId(), follow.otherId(), follow.followUri()));
    }

    @Override
    public void followsRejected(List<FollowTold> follows) {
        follows.forEach(follow -> noteBetween("followRejected", follow.accountId(), follow.otherId(), follow.followUri()));
    }

    @Override
    public void blocked(long accountId, long targetAccountId) {
        noteBetween("blocked", accountId, targetAccountId, null);
    }

    @Override
    public void blockUndone(long accountId, long targetAccountId, String blockUri) {
        noteBetween("blockUndone", accountId, targetAccountId, blockUri);
    }

    @Override
    public void accountChanged(long accountId) {
        note("accountChanged", nameOfAccount.apply(accountId));
    }

    @Override
    public void pinChanged(long accountId, long statusId, boolean pinned) {
        note("pinChanged", nameOfAccount.apply(accountId), statusId, pinned);
    }

    @Override
    public void hashtagFeatured(long accountId, String name, boolean featured) {
        note("hashtagFeatured", nameOfAccount.apply(accountId), name, featured);
    }

    @Override
    public void accountMoved(long accountId) {
        note("accountMoved", nameOfAccount.apply(accountId));
    }
}
