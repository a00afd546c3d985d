package social.dunlin.federation.worker.actor;

import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import social.dunlin.database.Database;
import social.dunlin.queue.Job;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.Jobs;
import social.dunlin.relationship.RemoteMoves;

/** Brings local followers of an account that moved to its new home, a few at a time so that the new server is not flooded. */
@ApplicationScoped
public class FollowerMoveHandler implements JobHandler {
    private static final String KIND = "follower_move";
    private static final int AT_ONCE = 50;
    private static final Duration PAUSE = Duration.ofSeconds(20);

    private final Database database;
    private final RemoteMoves moves;
    private final Jobs jobs;

    public FollowerMoveHandler(Database database, RemoteMoves moves, Jobs jobs) {
        this.database = database;
        this.moves = moves;
        this.jobs = jobs;
    }

    public static Job job(long from, long to) {
        return Job.of(KIND, new JsonObject().put("from", from).put("to", to).encode()).withPriority(Job.LEISURELY)
            .fairBy("move " + to).uniqueBy(from + " " + to);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int concurrencyPerKey() {
        return 1;
    }

    @Override
    public void handle(JobRun run) {
        JsonObject payload = new JsonObject(run.payload());
        long from = payload.getLong("from");
        long to = payload.getLong("to");
        database.transaction(() -> {
            if (moves.bringAlong(from, to, AT_ONCE)) {
                jobs.enqueue(job(from, to).notBefore(Instant.now().plus(PAUSE)));
            }
        });
    }
}
