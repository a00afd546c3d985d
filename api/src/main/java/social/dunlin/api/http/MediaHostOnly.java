package social.dunlin.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.id.Host;
import social.dunlin.media.MediaUrls;

/** The host set aside for uploads serves nothing else: no page, no log-in and no document ever stands under its name. Never waits. */
@ApplicationScoped
class MediaHostOnly {
    private static final int BEFORE_ALL_ROUTES = 900;
    private static final int NOT_FOUND = 404;

    private final MediaUrls urls;
    private final Domains domains;

    MediaHostOnly(MediaUrls urls, Domains domains) {
        this.urls = urls;
        this.domains = domains;
    }

    /** Nothing to ask of each request where no host is set aside. */
    void register(@Observes Filters filters) {
        if (urls.origin().isPresent()) {
            filters.register(this::handle, BEFORE_ALL_ROUTES);
        }
    }

    private void handle(RoutingContext route) {
        String path = route.request().path();
        if (isSetAside(route.request().authority()) && (path == null || !path.startsWith(MediaUrls.PATH))) {
            route.response().setStatusCode(NOT_FOUND).putHeader("Content-Length", "0").end();
        } else {
            route.next();
        }
    }

    /** Not where somebody has named a domain itself. */
    private boolean isSetAside(HostAndPort asked) {
        Optional<Host> host = Optional.ofNullable(asked).flatMap(authority -> Host.tryParse(authority.toString()));
        return host.isPresent() && urls.isSetAside(host.get()) && domains.known().stream().map(Domain::serviceHost).noneMatch(host.get().value()::equals);
    }
}
