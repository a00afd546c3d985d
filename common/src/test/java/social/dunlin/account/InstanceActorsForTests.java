package social.dunlin.account;

import social.dunlin.database.Database;
import social.dunlin.domain.Domains;

/** Instance actors outside of the container. */
public final class InstanceActorsForTests {
    private InstanceActorsForTests() {
    }

    public static InstanceActors of(Database database, Domains domains) {
        return new InstanceActors(database, domains, new LocalAccountStore(database), new AccountStore(database));
    }
}
