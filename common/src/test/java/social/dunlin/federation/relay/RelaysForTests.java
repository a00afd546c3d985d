package social.dunlin.federation.relay;

import social.dunlin.account.InstanceActors;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.queue.Jobs;

/** For tests that put things together by hand. */
public final class RelaysForTests {
    private RelaysForTests() {
    }

    public static Relays of(Database database, Domains domains, InstanceActors instanceActors, Deliveries deliveries, Jobs jobs) {
        return new Relays(database, new RelayStore(database), domains, instanceActors, deliveries, jobs);
    }
}
