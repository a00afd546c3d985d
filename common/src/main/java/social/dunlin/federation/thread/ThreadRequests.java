package social.dunlin.federation.thread;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;
import social.dunlin.visibility.Viewer;

/**
 * Somebody opened a thread. They get what is stored, without waiting; a job looks for the rest, once per thread and
 * pause, so that neither a crowd of readers nor a crawler makes this server a nuisance to others.
 */
@ApplicationScoped
public class ThreadRequests {
    /** The job; its payload is the id of the post that was opened. */
    public static final String KIND = "thread_completion";
    private static final Duration PAUSE = Duration.ofMinutes(15);
    private static final Duration PAUSE_FOR_STRANGERS = Duration.ofHours(6);
    /** A look that has not ended by then is not waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Database database;
    private final Jobs jobs;

    public ThreadRequests(Database database, Jobs jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    /**
     * A look for the rest of a thread.
     *
     * @param id    of the conversation
     * @param found how many posts came of it
     */
    public record Look(long id, boolean running, int found) {
    }

    /**
     * @param statusId a post the viewer may see; a thread with nobody else's posts in it is whole
     * @return the look that is under way, begun now or before
     */
    public Optional<Look> opened(Viewer viewer, long statusId) {
        double pause = (viewer.isAnonymous() ? PAUSE_FOR_STRANGERS : PAUSE).toSeconds();
        Optional<Look> look = dueOrRunning(statusId, pause);
        look.filter(found -> !found.running).ifPresent(due -> database.transaction(() -> {
            if (take(statusId, pause)) {
                jobs.enqueue(Job.of(KIND, Long.toString(statusId)).uniqueBy(Long.toString(due.id)));
            }
        }));
        return look.map(found -> new Look(found.id, true, found.running ? found.found : 0));
    }

    /** Mostly neither, so that most readers cost one look. Indexes: status_by_conversation, thread_request's key. */
    private Optional<Look> dueOrRunning(long statusId, double pause) {
        return database.first("""
            select opened.conversation_id, coalesce(request.found, 0) as found,
              coalesce(request.finished_at is null and request.asked_at > now() - make_interval(secs => $3), false) as running
            from status opened left join thread_request request on request.conversation_id = opened.conversation_id
            where opened.id = $1 and (
              request.finished_at is null and request.asked_at > now() - make_interval(secs => $3)
              or (request.asked_at is null or request.asked_at <= now() - make_interval(secs => $2))
                and exists (select from status where status.conversation_id = opened.conversation_id
                            and not status.local and status.reblog_of_id is null and status.visibility in ('public', 'unlisted')))""",
            row -> new Look(row.getLong("conversation_id"), row.getBoolean("running"), row.getInteger("found")),
            statusId, pause, (double) PATIENCE.toSeconds());
    }

    /** What became of a look; nothing for one that was never asked for or is forgotten. */
    public Optional<Look> look(long id) {
        return database.first("""
            select found, finished_at is null and asked_at > now() - make_interval(secs => $2) as running
            from thread_request where conversation_id = $1""",
            row -> new Look(id, row.getBoolean("running"), row.getInteger("found")), id, (double) PATIENCE.toSeconds());
    }

    /** Looking is over. @param conversationId as it was when it began: posts above may have joined it to another */
    public void finished(long conversationId, int found) {
        database.execute("update thread_request set finished_at = now(), found = $2 where conversation_id = $1", conversationId, found);
    }

    /** True for one of those who come at the same moment. */
    private boolean take(long statusId, double pause) {
        return database.execute("""
            insert into thread_request (conversation_id) select conversation_id from status where id = $1
            on conflict (conversation_id) do update set asked_at = now(), finished_at = null, found = 0
            where thread_request.asked_at <= now() - make_interval(secs => $2)""", statusId, pause) > 0;
    }

    /** The conversation of a post; nothing when it has gone. */
    public Optional<Long> conversation(long statusId) {
        return database.first("select conversation_id from status where id = $1", row -> row.getLong("conversation_id"), statusId);
    }
}
