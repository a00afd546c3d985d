package social.dunlin.api.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Level;

/** Name and mark for those who put the site on their home screen (W3C Web Application Manifest). */
@Path("/manifest.webmanifest")
@RunOnVirtualThread
public class ManifestResource {
    private final Site site;

    public ManifestResource(Site site) {
        this.site = site;
    }

    @GET
    @Access(Level.PUBLIC)
    public Response manifest() {
        return Response.ok(Map.of(
                "name", site.getTitle(),
                "short_name", site.getTitle(),
                "start_url", "/",
                "display", "minimal-ui",
                "background_color", "#f4f0e8",
                "theme_color", "#f4f0e8",
                "icons", List.of(Map.of("src", "/favicon.svg", "type", "image/svg+xml", "sizes", "any"))))
            .type("application/manifest+json").header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600").build();
    }
}
