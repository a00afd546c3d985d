package social.dunlin.push;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import social.dunlin.queue.Jobs;

/** Leaves the jobs that wake people about notifications. */
@ApplicationScoped
public class PushQueue {
    private final PushSubscriptionStore store;
    private final Jobs jobs;

    public PushQueue(PushSubscriptionStore store, Jobs jobs) {
        this.store = store;
        this.jobs = jobs;
    }

    /** Call it in the transaction that wrote the notifications. */
    public void enqueue(Collection<Long> notificationIds) {
        if (!notificationIds.isEmpty()) {
            jobs.enqueueAll(store.due(notificationIds).stream()
                .map(due -> new PushJob(due.subscriptionId(), due.notificationId()).at(due.endpoint())).toList());
        }
    }
}
