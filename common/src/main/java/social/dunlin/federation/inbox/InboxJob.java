package social.dunlin.federation.inbox;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import social.dunlin.queue.Job;

/**
 * A received activity whose signature was verified.
 *
 * @param sender id of the actor who signed
 * @param body   the JSON text as it came
 */
public record InboxJob(String sender, String body) {
    public static final String KIND = "inbox";
    /** What somebody suspended here may still say: it takes things back. */
    private static final Set<String> FROM_SUSPENDED = Set.of("Delete", "Reject", "Undo", "Update");

    public static boolean isTakenFromSuspended(String type) {
        return FROM_SUSPENDED.contains(type);
    }

    /** Servers take turns, so that a busy one does not hold up the others. */
    public Job job() {
        return Job.of(KIND, new JsonObject().put("sender", sender).put("body", body).encode())
            .fairByServerOf(sender);
    }

    public static InboxJob read(String payload) {
        JsonObject json = new JsonObject(payload);
        return new InboxJob(json.getString("sender"), json.getString("body"));
    }
}
