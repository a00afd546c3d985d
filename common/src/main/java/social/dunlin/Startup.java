package social.dunlin;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import social.dunlin.account.InstanceActors;
import social.dunlin.config.PublicAddress;
import social.dunlin.database.Migrator;
import social.dunlin.domain.Domains;
import social.dunlin.id.Host;

/** What every role does before anything else: schema, served domains, their actors. Idempotent; several roles may start at once. */
@ApplicationScoped
public class Startup {
    private final Migrator migrator;
    private final Domains domains;
    private final InstanceActors instanceActors;
    private final PublicAddress address;

    Startup(Migrator migrator, Domains domains, InstanceActors instanceActors, PublicAddress address) {
        this.migrator = migrator;
        this.domains = domains;
        this.instanceActors = instanceActors;
        this.address = address;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        migrator.migrate();
        String name = Host.parse(address.domain()).value();
        domains.add(name, name);
        instanceActors.ensure();
    }
}
