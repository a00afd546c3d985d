package social.dunlin.domain;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;

/** SQL of the served domains. */
@ApplicationScoped
public class DomainStore {
    private final Database database;

    public DomainStore(Database database) {
        this.database = database;
    }

    List<Domain> all() {
        return database.list("""
            select id, name, service_host, is_default, title, description, contact_email
            from domain order by is_default desc, id""", DomainStore::map);
    }

    /** Adds a domain; one of the same name stays as it is. The first one becomes the default. */
    void add(String name, String serviceHost) {
        database.execute("""
            insert into domain (name, service_host, is_default)
            values ($1, $2, not exists (select from domain where is_default))
            on conflict do nothing""", name, serviceHost);
    }

    /** One statement each, for no two rows may be the default even for a moment (domain_default). */
    void makeDefault(long id) {
        database.transaction(() -> {
            database.execute("update domain set is_default = false where is_default and id <> $1", id);
            database.execute("update domain set is_default = true where id = $1 and not is_default", id);
        });
    }

    private static Domain map(Row row) {
        return new Domain(row.getLong("id"), row.getString("name"), row.getString("service_host"), row.getBoolean("is_default"),
            row.getString("title"), row.getString("description"), row.getString("contact_email"));
    }
}
