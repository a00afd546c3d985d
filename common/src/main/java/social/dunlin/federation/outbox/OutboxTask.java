package social.dunlin.federation.outbox;

import io.vertx.core.json.JsonObject;
import social.dunlin.queue.Job;

/**
 * What is left to be told in the background: its text and its audience may be large. Jobs of one account are done in
 * order, so that a post's Create is written before its Update.
 */
public sealed interface OutboxTask {
    String KIND = "outbox";

    record StatusCreated(long statusId) implements OutboxTask {
    }

    record StatusEdited(long statusId) implements OutboxTask {
    }

    /** The tallies of a post's poll. */
    record PollChanged(long statusId) implements OutboxTask {
    }

    record AccountChanged(long accountId) implements OutboxTask {
    }

    record AccountMoved(long accountId) implements OutboxTask {
    }

    /** @param accountId whose doing it is */
    default Job job(long accountId) {
        return Job.of(KIND, payload()).fairBy("account " + accountId);
    }

    private String payload() {
        return switch (this) {
            case StatusCreated(long id) -> of("status_created", id);
            case StatusEdited(long id) -> of("status_edited", id);
            case PollChanged(long id) -> of("poll_changed", id);
            case AccountChanged(long id) -> of("account_changed", id);
            case AccountMoved(long id) -> of("account_moved", id);
        };
    }

    private static String of(String task, long id) {
        return new JsonObject().put("task", task).put("id", id).encode();
    }

    static OutboxTask read(String payload) {
        JsonObject json = new JsonObject(payload);
        long id = json.getLong("id");
        return switch (json.getString("task")) {
            case "status_created" -> new StatusCreated(id);
            case "status_edited" -> new StatusEdited(id);
            case "poll_changed" -> new PollChanged(id);
            case "account_changed" -> new AccountChanged(id);
            case "account_moved" -> new AccountMoved(id);
            case String unknown -> throw new IllegalArgumentException("outbox task " + unknown);
        };
    }
}
