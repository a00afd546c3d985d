package social.dunlin.relationship;

import io.vertx.core.json.JsonObject;
import social.dunlin.queue.Job;

/** The job that brings local followers of an account that moved to its new one. While one waits no other is added. */
public record FollowerMove(long from, long to) {
    public static final String KIND = "follower_move";

    public static FollowerMove read(String payload) {
        JsonObject json = new JsonObject(payload);
        return new FollowerMove(json.getLong("from"), json.getLong("to"));
    }

    public Job job() {
        return Job.of(KIND, new JsonObject().put("from", from).put("to", to).encode()).withPriority(Job.LEISURELY)
            .fairBy("move " + to).uniqueBy(from + " " + to);
    }
}
