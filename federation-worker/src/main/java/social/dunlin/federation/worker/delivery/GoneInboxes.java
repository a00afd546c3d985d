package social.dunlin.federation.worker.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.ActorRefresh;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;

/** An inbox that is gone (410) may mean that its owner is: the owner's own server is asked. */
@ApplicationScoped
class GoneInboxes {
    private static final int OF_A_SHARED_ONE = 20;

    private final Database database;
    private final Jobs jobs;

    GoneInboxes(Database database, Jobs jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    /**
     * Of a shared inbox, a few of those who follow somebody here: its server may be gone for good. Indexes: account_inbox,
     * account_by_host, follow_by_account.
     */
    void ask(Collection<String> inboxUrls) {
        if (inboxUrls.isEmpty()) {
            return;
        }
        List<Job> refreshes = database.list("""
            select account.uri from account
            where account.domain_id is null and account.deleted_at is null and account.inbox_url = any($1)
            union
            (select account.uri from account
             where account.domain_id is null and account.deleted_at is null and account.shared_inbox_url = any($1)
               and account.host in (select lower(split_part(inbox, '/', 3)) from unnest($1::text[]) as inbox)
               and exists (select from follow where follow.account_id = account.id)
             limit %d)""".formatted(OF_A_SHARED_ONE),
            row -> ActorRefresh.job(row.getString("uri")), (Object) inboxUrls.toArray(String[]::new));
        jobs.enqueueAll(refreshes);
    }
}
