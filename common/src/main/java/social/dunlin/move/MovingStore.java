package social.dunlin.move;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import social.dunlin.database.Database;

/** SQL of the aliases of local accounts. */
@ApplicationScoped
class MovingStore {
    private final Database database;

    MovingStore(Database database) {
        this.database = database;
    }

    /** False when it is there already, or {@code maximum} are. */
    boolean addAlias(long accountId, String uri, int maximum) {
        return database.execute("""
            update account set also_known_as = array_append(also_known_as, $2), updated_at = now()
            where id = $1 and domain_id is not null and not $2 = any(also_known_as) and cardinality(also_known_as) < $3""", accountId, uri, maximum) > 0;
    }

    /** False when it is not there. */
    boolean removeAlias(long accountId, String uri) {
        return database.execute("""
            update account set also_known_as = array_remove(also_known_as, $2), updated_at = now()
            where id = $1 and domain_id is not null and $2 = any(also_known_as)""", accountId, uri) > 0;
    }

    void setAliases(long accountId, Collection<String> uris) {
        database.execute("update account set also_known_as = $2, updated_at = now() where id = $1 and domain_id is not null",
            accountId, uris.toArray(String[]::new));
    }
}
