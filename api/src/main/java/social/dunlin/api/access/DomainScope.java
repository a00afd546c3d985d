package social.dunlin.api.access;

import java.util.Optional;
import java.util.function.Supplier;
import social.dunlin.domain.Domain;

/** Says which served domain something is made for where no request does. */
public final class DomainScope {
    private static final ScopedValue<Domain> DOMAIN = ScopedValue.newInstance();

    private DomainScope() {
    }

    public static <T> T within(Domain domain, Supplier<T> work) {
        return ScopedValue.where(DOMAIN, domain).call(work::get);
    }

    public static Optional<Domain> current() {
        return DOMAIN.isBound() ? Optional.of(DOMAIN.get()) : Optional.empty();
    }
}
