package social.dunlin.push;

import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.instance.InstanceTexts;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.queue.Jobs;
import social.dunlin.status.StatusStore;
import social.dunlin.testing.TestConfiguration;

/** The services of push messages for tests of other packages, put together as the container does. */
public final class PushQueues {
    private PushQueues() {
    }

    public static PushQueue of(Database database, Jobs jobs) {
        return new PushQueue(new PushSubscriptionStore(database), jobs);
    }

    public static PushSubscriptions subscriptions(Database database) {
        return new PushSubscriptions(new PushSubscriptionStore(database));
    }

    public static PushMessages messages(Database database, Domains domains, MediaAddresses addresses) {
        return new PushMessages(new VapidKeys(database), new AccountStore(database), new StatusStore(database),
            domains, new InstanceTexts(TestConfiguration.defaults()), new MediaUrls(domains, TestConfiguration.defaults()), addresses);
    }
}
