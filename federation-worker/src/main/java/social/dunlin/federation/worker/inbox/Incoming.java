package social.dunlin.federation.worker.inbox;

import social.dunlin.account.Account;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.inbox.InboxJob;
import social.dunlin.queue.JobFailure;

/**
 * An activity whose sender is proven by its signature.
 *
 * @param sender the stored account of {@code activity.actor()}
 * @param budget what this activity may set off in all
 */
record Incoming(ApActivity activity, Account sender, FetchBudget budget) {
    /** The activity of a job. It was read when it arrived, so what cannot be read now never can. */
    static ApActivity read(InboxJob job) {
        return job.activity() == null ? read(job.body()) : job.activity();
    }

    static ApActivity read(String body) {
        try {
            return Vocabulary.activity(ActivityJson.parse(body));
        } catch (MalformedDocument malformed) {
            throw JobFailure.permanent(malformed.getMessage());
        }
    }
}
