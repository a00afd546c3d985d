package social.dunlin.federation.knock;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.database.Database;

/** Which form of signature a host is known to take. The rows are those of {@code remote_host}, which has an end to them. */
@ApplicationScoped
class KnownSchemes {
    private final Database database;

    KnownSchemes(Database database) {
        this.database = database;
    }

    /** Index: remote_host's key. */
    Optional<SignatureScheme> of(String host) {
        return database.first("select signature_scheme from remote_host where host = $1", row -> row.getString("signature_scheme"), host)
            .flatMap(SignatureScheme::ofStored);
    }

    void remember(String host, SignatureScheme scheme) {
        database.execute("""
            insert into remote_host (host, signature_scheme) values ($1, $2)
            on conflict (host) do update set signature_scheme = excluded.signature_scheme, updated_at = now()
            where remote_host.signature_scheme is distinct from excluded.signature_scheme""", host, scheme.stored());
    }
}
