package social.dunlin.federation.inbox;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.queue.Job;
import social.dunlin.queue.JobRun;

/**
 * A received activity whose signature was verified.
 *
 * @param sender   id of the actor who signed
 * @param body     the JSON text as it came
 * @param activity the body as it was read when it arrived; null when it has to be read again
 */
public record InboxJob(String sender, String body, ApActivity activity) {
    public static final String KIND = "inbox";
    /** What somebody suspended here may still say: it takes things back. */
    private static final Set<String> FROM_SUSPENDED = Set.of("Delete", "Reject", "Undo", "Update");
    /** Characters. A longer one is read again when its turn comes, so that little waits in memory. */
    private static final int KEPT_READ = 65_536;

    public InboxJob(String sender, String body) {
        this(sender, body, null);
    }

    public static boolean isTakenFromSuspended(String type) {
        return FROM_SUSPENDED.contains(type);
    }

    /** Servers take turns, so that a busy one does not hold up the others. The body is written as it is: most of it would have to be escaped in JSON. */
    public Job job() {
        if (sender.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("An id is one line");
        }
        return Job.of(KIND, sender + '\n' + body).fairByServerOf(sender).alreadyRead(body.length() > KEPT_READ ? null : activity);
    }

    public static InboxJob read(JobRun run) {
        return read(run.payload(), run.read() instanceof ApActivity activity ? activity : null);
    }

    private static InboxJob read(String payload, ApActivity activity) {
        if (payload.startsWith("{")) {
            // As it was written before.
            JsonObject json = new JsonObject(payload);
            return new InboxJob(json.getString("sender"), json.getString("body"), activity);
        }
        int end = payload.indexOf('\n');
        return new InboxJob(payload.substring(0, end), payload.substring(end + 1), activity);
    }
}
