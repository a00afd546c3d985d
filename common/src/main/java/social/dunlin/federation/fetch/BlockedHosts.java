package social.dunlin.federation.fetch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;

/** Servers that nothing is asked of and nothing is taken from. What is done about people of theirs who are known already is the moderation's. */
@ApplicationScoped
public class BlockedHosts {
    private final Database database;

    public BlockedHosts(Database database) {
        this.database = database;
    }

    /** Index: domain_block's key. */
    public boolean contains(Host host) {
        return database.exists("select from domain_block where host = any($1) and severity = 'suspend'", (Object) host.names().toArray(String[]::new));
    }

    /** Whether something with this id lives there; what is no address lives nowhere. */
    public boolean isHome(String uri) {
        Optional<ObjectUri> address = ObjectUri.tryParse(uri);
        return address.isPresent() && contains(address.get().host());
    }
}
