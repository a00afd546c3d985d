package social.dunlin.oauth;

import static social.dunlin.database.Rows.instant;
import static social.dunlin.database.Rows.strings;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.database.Database;

/** SQL of registered applications. */
@ApplicationScoped
class ApplicationStore {
    private static final String COLUMNS = "id, client_id, client_secret_hash, name, website, redirect_uris, scopes, created_at";

    private final Database database;

    ApplicationStore(Database database) {
        this.database = database;
    }

    Application insert(String clientId, byte[] secretHash, String name, String website, List<String> redirectUris, Scopes scopes) {
        return database.first("""
            insert into oauth_application (client_id, client_secret_hash, name, website, redirect_uris, scopes)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (client_id) do nothing
            returning\s""" + COLUMNS, ApplicationStore::map,
            clientId, Buffer.buffer(secretHash), name, website, redirectUris.toArray(String[]::new), scopes.names().toArray(String[]::new))
            .or(() -> byClientId(clientId)).orElseThrow();
    }

    /** Index: oauth_application_client_id_key. */
    Optional<Application> byClientId(String clientId) {
        return database.first("select " + COLUMNS + " from oauth_application where client_id = $1", ApplicationStore::map, clientId);
    }

    Optional<Application> byId(long id) {
        return database.first("select " + COLUMNS + " from oauth_application where id = $1", ApplicationStore::map, id);
    }

    private static Application map(Row row) {
        return new Application(row.getLong("id"), row.getString("client_id"), row.getBuffer("client_secret_hash").getBytes(),
            row.getString("name"), row.getString("website"), strings(row, "redirect_uris"), Scopes.of(strings(row, "scopes")),
            instant(row, "created_at"));
    }
}
