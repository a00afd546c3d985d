package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.id.Snowflakes;

/** Each served domain has one actor of its own, which signs what is fetched on nobody's behalf. */
@ApplicationScoped
public class InstanceActors {
    private final Database database;
    private final Domains domains;
    private final LocalAccountStore store;
    private final AccountStore accounts;

    public InstanceActors(Database database, Domains domains, LocalAccountStore store, AccountStore accounts) {
        this.database = database;
        this.domains = domains;
        this.store = store;
        this.accounts = accounts;
    }

    /** Makes the actors that are missing; several processes may do so at once. */
    public void ensure() {
        domains.all().forEach(this::of);
    }

    /** The actor of a domain, made when it is not there yet. */
    public Account of(Domain domain) {
        Uris uris = new Uris(domain.baseUrl());
        return accounts.byUri(uris.instanceActor()).orElseGet(() -> create(domain, uris));
    }

    private Account create(Domain domain, Uris uris) {
        LocalAccounts.KeyPairs keys = LocalAccounts.KeyPairs.make();
        return database.transaction(() -> {
            long id = Snowflakes.next();
            if (store.insertInstanceActor(id, domain)) {
                store.insertKey(id, uris.instanceActorKey(), "rsa", keys.rsa());
                store.insertKey(id, uris.instanceActor() + "#ed25519-key", "ed25519", keys.ed25519());
            }
            return accounts.byUri(uris.instanceActor()).orElseThrow();
        });
    }
}
