package social.dunlin.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Rails answers PATCH and PUT alike (reference: behaviours §3). Resources of the API declare PUT; the few
 * that are PATCH alone stand here.
 */
@ApplicationScoped
public class PatchAsPut {
    private static final Set<String> PATCH_ALONE = Set.of("/api/v1/accounts/update_credentials");

    @ServerRequestFilter(preMatching = true, nonBlocking = true)
    public void filter(ContainerRequestContext context) {
        String path = context.getUriInfo().getPath();
        if (context.getMethod().equals(HttpMethod.PATCH) && path.startsWith("/api/") && !PATCH_ALONE.contains(path)) {
            context.setMethod(HttpMethod.PUT);
        }
    }
}
