package social.dunlin;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import social.dunlin.account.InstanceActors;
import social.dunlin.database.Migrator;
import social.dunlin.domain.Domains;
import social.dunlin.id.Host;

/** What every role does before anything else: schema, served domains, their actors. Idempotent; several roles may start at once. */
@ApplicationScoped
public class Startup {
    private final Migrator migrator;
    private final Domains domains;
    private final InstanceActors instanceActors;
    private final String domain;

    Startup(Migrator migrator, Domains domains, InstanceActors instanceActors,
            @ConfigProperty(name = "dunlin.domain") Optional<String> domain,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port) {
        this.migrator = migrator;
        this.domains = domains;
        this.instanceActors = instanceActors;
        this.domain = domain.filter(text -> !text.isBlank()).orElse("localhost:" + port);
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        migrator.migrate();
        String name = Host.parse(domain).value();
        domains.add(name, name);
        instanceActors.ensure();
    }
}
