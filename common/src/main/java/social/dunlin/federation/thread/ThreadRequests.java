package social.dunlin.federation.thread;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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

    private final Database database;
    private final Jobs jobs;

    public ThreadRequests(Database database, Jobs jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    /** @param statusId a post the viewer may see; a thread with nobody else's posts in it is whole */
    public void opened(Viewer viewer, long statusId) {
        double pause = (viewer.isAnonymous() ? PAUSE_FOR_STRANGERS : PAUSE).toSeconds();
        if (isDue(statusId, pause)) {
            database.transaction(() -> {
                if (take(statusId, pause)) {
                    jobs.enqueue(Job.of(KIND, Long.toString(statusId)).uniqueBy(conversation(statusId)));
                }
            });
        }
    }

    /** Mostly not, so that most readers cost one look. Indexes: status_by_conversation, thread_request's key. */
    private boolean isDue(long statusId, double pause) {
        return database.exists("""
            select from status opened
            where opened.id = $1
              and exists (select from status where status.conversation_id = opened.conversation_id
                          and not status.local and status.reblog_of_id is null and status.visibility in ('public', 'unlisted'))
              and not exists (select from thread_request where thread_request.conversation_id = opened.conversation_id
                              and thread_request.asked_at > now() - make_interval(secs => $2))""", statusId, pause);
    }

    /** True for one of those who come at the same moment. */
    private boolean take(long statusId, double pause) {
        return database.execute("""
            insert into thread_request (conversation_id) select conversation_id from status where id = $1
            on conflict (conversation_id) do update set asked_at = now()
            where thread_request.asked_at <= now() - make_interval(secs => $2)""", statusId, pause) > 0;
    }

    private String conversation(long statusId) {
        return database.first("select conversation_id from status where id = $1", row -> row.getLong("conversation_id"), statusId)
            .map(id -> Long.toString(id)).orElseThrow();
    }
}
