package social.dunlin.testing;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import social.dunlin.federation.outbox.Outbox;

/** Writes down what other servers would be told: {@code "statusCreated 17"}. */
public final class RecordingOutbox implements Outbox {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** What was told so far; forgets it. */
    public List<String> taken() {
        List<String> result = List.copyOf(calls);
        calls.clear();
        return result;
    }

    private void note(String name, Object... values) {
        calls.add(name + " " + String.join(" ", Arrays.stream(values).map(String::valueOf).toList()));
    }

    @Override
    public void statusCreated(long statusId) {
        note("statusCreated", statusId);
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
        note("favourited", accountId, statusId);
    }

    @Override
    public void favouriteUndone(long accountId, long statusId) {
        note("favouriteUndone", accountId, statusId);
    }

    @Override
    public void followRequested(long accountId, long targetAccountId) {
        note("followRequested", accountId, targetAccountId);
    }

    @Override
    public void followUndone(long accountId, long targetAccountId, String followUri) {
        note("followUndone", accountId, targetAccountId, followUri);
    }

    @Override
    public void followAccepted(long localAccountId, long followerId, String followUri) {
        note("followAccepted", localAccountId, followerId, followUri);
    }

    @Override
    public void followRejected(long localAccountId, long followerId, String followUri) {
        note("followRejected", localAccountId, followerId, followUri);
    }

    @Override
    public void blocked(long accountId, long targetAccountId) {
        note("blocked", accountId, targetAccountId);
    }

    @Override
    public void blockUndone(long accountId, long targetAccountId) {
        note("blockUndone", accountId, targetAccountId);
    }

    @Override
    public void accountChanged(long accountId) {
        note("accountChanged", accountId);
    }

    @Override
    public void pinChanged(long accountId, long statusId, boolean pinned) {
        note("pinChanged", accountId, statusId, pinned);
    }
}
