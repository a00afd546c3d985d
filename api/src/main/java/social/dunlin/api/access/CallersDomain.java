package social.dunlin.api.access;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;

/** The domain of the request, or of the {@link DomainScope}; where nobody asks, the default one. */
@ApplicationScoped
class CallersDomain implements AskedDomain {
    private final Caller caller;
    private final Domains domains;

    CallersDomain(Caller caller, Domains domains) {
        this.caller = caller;
        this.domains = domains;
    }

    @Override
    public Domain get() {
        return DomainScope.current()
            .orElseGet(() -> Arc.container().requestContext().isActive() ? caller.domain() : domains.defaultDomain());
    }
}
