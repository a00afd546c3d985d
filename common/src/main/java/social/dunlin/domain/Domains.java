package social.dunlin.domain;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The domains this install serves. They are few and change rarely, so they are kept in memory;
 * {@link #reload} is called when one was added.
 */
@Singleton
public class Domains {
    private final DomainStore store;
    private volatile List<Domain> all;

    public Domains(DomainStore store) {
        this.store = store;
    }

    public List<Domain> all() {
        List<Domain> known = all;
        return known == null ? reload() : known;
    }

    /** Those in memory, for who must not wait; none before anybody has asked. */
    public List<Domain> known() {
        List<Domain> known = all;
        return known == null ? List.of() : known;
    }

    public List<Domain> reload() {
        all = store.all();
        return all;
    }

    /** Adds a domain (idempotent) and gives it back. */
    public Domain add(String name, String serviceHost) {
        store.add(name, serviceHost);
        reload();
        return byName(name).orElseThrow(() -> new IllegalStateException("Service host %s belongs to another domain".formatted(serviceHost)));
    }

    /** Adds a domain where it is missing and makes it the default; the one before stays served. */
    public Domain addDefault(String name, String serviceHost) {
        Domain added = add(name, serviceHost);
        if (!added.isDefault()) {
            store.makeDefault(added.id());
            reload();
        }
        return byId(added.id());
    }

    public Domain defaultDomain() {
        return findDefault()
            .orElseThrow(() -> new IllegalStateException("No domain is served yet"));
    }

    /** Empty before the first start only. */
    public Optional<Domain> findDefault() {
        return all().stream().filter(Domain::isDefault).findFirst();
    }

    public Domain byId(long id) {
        return all().stream().filter(domain -> domain.id() == id).findFirst().orElseThrow();
    }

    /** By handle domain. */
    public Optional<Domain> byName(String name) {
        return all().stream().filter(domain -> domain.name().equalsIgnoreCase(name)).findFirst();
    }

    /** By the host a request was made to: service host first, handle domain second. */
    public Optional<Domain> byHost(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return all().stream().filter(domain -> domain.serviceHost().equals(wanted)).findFirst().or(() -> byName(wanted));
    }

    /** True for every host that is ours; nothing is ever fetched from there. */
    public boolean isOwnHost(String host) {
        return byHost(host).isPresent();
    }
}
