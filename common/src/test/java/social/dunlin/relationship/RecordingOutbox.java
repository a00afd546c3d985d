package social.dunlin.relationship;

import java.util.ArrayList;
import java.util.List;
import social.dunlin.federation.outbox.Outbox;

/** Keeps what would be sent, as lines: {@code followUndone alice rosa https://…}. */
public final class RecordingOutbox implements Outbox {
    private final List<String> sent = new ArrayList<>();
    private final Neighbours neighbours;

    public RecordingOutbox(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    /** What was sent since the last call. */
    public List<String> take() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    private void add(String what, long from, long to, String uri) {
        sent.add("%s %s %s%s".formatted(what, neighbours.nameOf(from), neighbours.nameOf(to), uri == null ? "" : " " + uri));
    }

    @Override
    public void followRequested(long accountId, long targetAccountId) {
        add("followRequested", accountId, targetAccountId, null);
    }

    @Override
    public void followUndone(long accountId, long targetAccountId, String followUri) {
        add("followUndone", accountId, targetAccountId, followUri);
    }

    @Override
    public void followAccepted(long localAccountId, long followerId, String followUri) {
        add("followAccepted", localAccountId, followerId, followUri);
    }

    @Override
    public void followRejected(long localAccountId, long followerId, String followUri) {
        add("followRejected", localAccountId, followerId, followUri);
    }

    @Override
    public void blocked(long accountId, long targetAccountId) {
        add("blocked", accountId, targetAccountId, null);
    }

    @Override
    public void blockUndone(long accountId, long targetAccountId) {
        add("blockUndone", accountId, targetAccountId, null);
    }

    @Override
    public void accountChanged(long accountId) {
        sent.add("accountChanged " + neighbours.nameOf(accountId));
    }

    @Override
    public void statusCreated(long statusId) {
        throw notOurs();
    }

    @Override
    public void statusEdited(long statusId) {
        throw notOurs();
    }

    @Override
    public void statusDeleted(long statusId) {
        throw notOurs();
    }

    @Override
    public void reblogUndone(long reblogStatusId) {
        throw notOurs();
    }

    @Override
    public void favourited(long accountId, long statusId) {
        throw notOurs();
    }

    @Override
    public void favouriteUndone(long accountId, long statusId) {
        throw notOurs();
    }

    @Override
    public void pinChanged(long accountId, long statusId, boolean pinned) {
        throw notOurs();
    }

    private static UnsupportedOperationException notOurs() {
        return new UnsupportedOperationException("relationships and profiles say nothing of posts");
    }
}
