package social.dunlin;

import io.quarkus.runtime.StartupEvent;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;
import social.dunlin.account.InstanceActors;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.database.DatabaseException;
import social.dunlin.database.Migrator;
import social.dunlin.domain.ConfiguredDomain;
import social.dunlin.federation.signature.SignatureProvider;

/** What every role does before anything else: schema, served domains, their actors. Idempotent; several roles may start at once. */
@ApplicationScoped
public class Startup {
    private static final Logger LOG = Logger.getLogger(Startup.class);

    private final Migrator migrator;
    private final ConfiguredDomain domain;
    private final InstanceActors instanceActors;
    private final DunlinConfiguration configuration;

    Startup(Migrator migrator, ConfiguredDomain domain, InstanceActors instanceActors, DunlinConfiguration configuration) {
        this.migrator = migrator;
        this.domain = domain;
        this.instanceActors = instanceActors;
        this.configuration = configuration;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        try {
            SignatureProvider.choose(configuration.federation().cryptography());
        } catch (IllegalStateException unusable) {
            throw new StartupException(StartupException.BAD_CONFIGURATION, "federation.cryptography: " + unusable.getMessage(), null);
        }
        try {
            OwnDatabase.awaitRunning();
            migrator.migrate();
            domain.serve();
            instanceActors.ensure();
        } catch (DatabaseException refused) {
            LOG.debug("The start was refused by the database", refused);
            // Without its cause: Quarkus hands on nothing but the innermost one.
            throw new StartupException(StartupException.NO_DATABASE, "The database refuses: " + reason(refused), null);
        }
    }

    private static String reason(DatabaseException refused) {
        return refused.getCause() instanceof PgException said
            ? "%s (%s)".formatted(said.getErrorMessage(), said.getSqlState()) : refused.getMessage();
    }
}
