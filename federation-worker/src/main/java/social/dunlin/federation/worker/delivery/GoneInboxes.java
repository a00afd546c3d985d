package social.dunlin.federation.worker.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.ActorRefresh;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;

/** An inbox that is gone (410) may mean that its owner is: the owner's own server is asked. A shared inbox says nothing of a person. */
@ApplicationScoped
class GoneInboxes {
    private final Database database;
    private final Jobs jobs;

    GoneInboxes(Database database, Jobs jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    /** Index: account_by_host. */
    void ask(Collection<String> inboxUrls) {
        if (inboxUrls.isEmpty()) {
            return;
        }
        List<Job> refreshes = database.list("""
            select account.uri from account
            where account.domain_id is null and account.deleted_at is null and account.inbox_url = any($1)
              and account.host in (select lower(split_part(inbox, '/', 3)) from unnest($1::text[]) as inbox)""",
            row -> ActorRefresh.job(row.getString("uri")), (Object) inboxUrls.toArray(String[]::new));
        jobs.enqueueAll(refreshes);
    }
}
