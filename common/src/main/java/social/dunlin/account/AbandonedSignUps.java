package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;
import social.dunlin.database.Database;
import social.dunlin.queue.PeriodicTask;

/** Frees the names of people who signed up and did not confirm their address while the code was good. */
@ApplicationScoped
class AbandonedSignUps implements PeriodicTask {
    private static final String AGE = "8 days";
    private static final Logger LOG = Logger.getLogger(AbandonedSignUps.class);

    private final Database database;
    private final LocalAccountStore accounts;

    AbandonedSignUps(Database database, LocalAccountStore accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    @Override
    public String name() {
        return "abandoned-sign-ups";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        int deleted = database.transaction(() -> accounts.deleteAbandoned(AGE));
        if (deleted > 0) {
            LOG.infof("%d sign-ups deleted that were never confirmed", deleted);
        }
    }
}
