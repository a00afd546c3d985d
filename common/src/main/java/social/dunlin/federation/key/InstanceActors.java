package social.dunlin.federation.key;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyPair;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.federation.signature.Keys;
import social.dunlin.id.Snowflakes;

/**
 * The instance actor of each served domain: an Application at {@code /actor} whose name is its host. It is made when
 * it is first needed.
 */
@ApplicationScoped
public class InstanceActors {
    private final Database database;
    private final Domains domains;
    private final AccountStore accounts;
    private final Map<Long, Long> idByDomain = new ConcurrentHashMap<>();

    public InstanceActors(Database database, Domains domains, AccountStore accounts) {
        this.database = database;
        this.domains = domains;
        this.accounts = accounts;
    }

    public static String uri(Domain domain) {
        return domain.baseUrl() + "/actor";
    }

    /** The account id of the default domain's. */
    public long defaultId() {
        return id(domains.defaultDomain());
    }

    public long id(Domain domain) {
        Long known = idByDomain.get(domain.id());
        if (known != null) {
            return known;
        }
        long id = accounts.byUri(uri(domain)).map(Account::id).orElseGet(() -> make(domain));
        idByDomain.put(domain.id(), id);
        return id;
    }

    public Account of(Domain domain) {
        return accounts.byId(id(domain)).orElseThrow();
    }

    /** Two processes may do this at once: the unique uri decides. */
    private long make(Domain domain) {
        String uri = uri(domain);
        KeyPair key = Keys.generateRsa();
        return database.transaction(() -> {
            database.execute("""
                insert into account (id, domain_id, username, host, uri, url, actor_type, display_name, locked, discoverable,
                  inbox_url, shared_inbox_url, outbox_url)
                values ($1, $2, $3, $4, $5, $6, 'Application', $3, true, false, $5 || '/inbox', $7, $5 || '/outbox')
                on conflict do nothing""",
                Snowflakes.next(), domain.id(), domain.serviceHost(), domain.name(), uri, domain.baseUrl() + "/about",
                domain.baseUrl() + "/inbox");
            long id = accounts.byUri(uri).orElseThrow().id();
            database.execute("""
                insert into account_key (key_id, account_id, algorithm, public_key, private_key)
                values ($1, $2, 'rsa', $3, $4) on conflict do nothing""",
                uri + "#main-key", id, Keys.writePublicPem(key.getPublic()), Keys.writePrivatePem(key.getPrivate()));
            return id;
        });
    }
}
