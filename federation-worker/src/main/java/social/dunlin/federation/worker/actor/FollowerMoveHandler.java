package social.dunlin.federation.worker.actor;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import social.dunlin.database.Database;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.Jobs;
import social.dunlin.relationship.FollowerMove;
import social.dunlin.relationship.FollowerMoves;

/** Brings local followers of an account that moved to its new home, a few at a time so that the new server is not flooded. */
@ApplicationScoped
public class FollowerMoveHandler implements JobHandler {
    private static final int AT_ONCE = 50;
    private static final Duration PAUSE = Duration.ofSeconds(20);

    private final Database database;
    private final FollowerMoves moves;
    private final Jobs jobs;

    public FollowerMoveHandler(Database database, FollowerMoves moves, Jobs jobs) {
        this.database = database;
        this.moves = moves;
        this.jobs = jobs;
    }

    @Override
    public String kind() {
        return FollowerMove.KIND;
    }

    @Override
    public int concurrencyPerKey() {
        return 1;
    }

    @Override
    public void handle(JobRun run) {
        FollowerMove move = FollowerMove.read(run.payload());
        database.transaction(() -> {
            if (moves.bringAlong(move.from(), move.to(), AT_ONCE)) {
                jobs.enqueue(move.job().notBefore(Instant.now().plus(PAUSE)));
            }
        });
    }
}
