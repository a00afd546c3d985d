package social.dunlin.card;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import social.dunlin.database.Database;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;

/** Leaves the job that looks at the link of a post, in the transaction that writes the post. */
@ApplicationScoped
public class CardRequests {
    public static final String KIND = "preview-card";
    /** A post that reaches a thousand servers at once must not send them all to one page at once. */
    private static final Duration SPREAD = Duration.ofMinutes(1);

    private final Database database;
    private final Jobs jobs;

    public CardRequests(Database database, Jobs jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    /** @param html of a post */
    public boolean isLinked(String html) {
        return PreviewLinks.first(html, List.of()).isPresent();
    }

    /** @param html of the post; @param local its readers wait for it */
    public void written(long statusId, String html, boolean local) {
        if (isLinked(html)) {
            enqueue(statusId, local);
        }
    }

    /** As {@link #written(long, String, boolean)} for many posts of other servers. */
    public void written(Map<Long, String> htmlById) {
        jobs.enqueueAll(htmlById.entrySet().stream().filter(post -> PreviewLinks.first(post.getValue(), List.of()).isPresent())
            .map(post -> job(post.getKey(), false)).toList());
    }

    /** An edit may take the link away. Index: status_preview_card_pkey. */
    public void edited(long statusId, String html, boolean local) {
        if (PreviewLinks.first(html, List.of()).isPresent()
            || database.exists("select from status_preview_card where status_id = $1", statusId)) {
            enqueue(statusId, local);
        }
    }

    private void enqueue(long statusId, boolean local) {
        jobs.enqueue(job(statusId, local));
    }

    private static Job job(long statusId, boolean local) {
        String id = Long.toString(statusId);
        Job job = Job.of(KIND, id).uniqueBy(id);
        return local ? job : job.withPriority(Job.LEISURELY)
            .notBefore(Instant.now().plusMillis(ThreadLocalRandom.current().nextLong(SPREAD.toMillis())));
    }
}
