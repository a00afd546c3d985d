package social.dunlin;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.PublicAddress;

/** Says where it serves, and serves until it is told to stop. */
@ApplicationScoped
@Unremovable
public class ServingApplication implements QuarkusApplication {
    private final DunlinConfiguration configuration;
    private final PublicAddress address;
    private final String role;

    ServingApplication(DunlinConfiguration configuration, PublicAddress address,
                       @ConfigProperty(name = "quarkus.application.name") String role) {
        this.configuration = configuration;
        this.address = address;
        this.role = role;
    }

    @Override
    public int run(String... arguments) {
        System.out.printf("%s serves %s, listening on %s:%d.%n", role, address.baseUrl(), configuration.http().host(),
                configuration.http().port());
        System.out.println("An account is made with: ./dunlin admin create-user NAME --email YOU@EXAMPLE.ORG --admin --confirmed");
        Quarkus.waitForExit();
        return 0;
    }
}
