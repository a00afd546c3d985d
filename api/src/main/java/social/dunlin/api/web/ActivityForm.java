package social.dunlin.api.web;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * Pages have a second form: asked for ActivityPub, they lead to the object's own address, which answers with the
 * document (ActivityPub §3.2).
 */
@ApplicationScoped
public class ActivityForm {
    private final RoutingContext route;

    public ActivityForm(RoutingContext route) {
        this.route = route;
    }

    /** A redirect to the object when the caller wants it rather than the page. Always on our own host. */
    public Optional<Response> redirect(String objectUri) {
        return isWanted() ? Optional.of(Response.status(Response.Status.FOUND)
            .header(HttpHeaders.LOCATION, objectUri).header(HttpHeaders.VARY, HttpHeaders.ACCEPT).build()) : Optional.empty();
    }

    /** Browsers say text/html; servers name one of the two types of ActivityPub and no page. */
    private boolean isWanted() {
        String accepted = route.request().getHeader(HttpHeaders.ACCEPT);
        return accepted != null && !accepted.contains("text/html")
            && (accepted.contains("application/activity+json") || accepted.contains("application/ld+json"));
    }
}
