package social.dunlin.federation.worker.inbox;

import social.dunlin.account.Account;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.federation.http.FetchBudget;

/**
 * An activity whose sender is proven by its signature.
 *
 * @param sender the stored account of {@code activity.actor()}
 * @param budget what this activity may set off in all
 */
record Incoming(ApActivity activity, Account sender, FetchBudget budget) {
}
