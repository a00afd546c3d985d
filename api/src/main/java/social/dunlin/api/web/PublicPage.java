package social.dunlin.api.web;

import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Answers with a page that is the same for everybody: it may be kept for a moment, by caches too. */
@ApplicationScoped
public class PublicPage {
    private static final String SHORTLY = "public, max-age=15, stale-while-revalidate=30";

    private final Pages pages;

    public PublicPage(Pages pages) {
        this.pages = pages;
    }

    public Response of(TemplateInstance page) {
        return builder(page).build();
    }

    /** @param activity address of the ActivityPub form */
    public Response of(TemplateInstance page, String activity) {
        return builder(page).header(HttpHeaders.LINK, "<%s>; rel=\"alternate\"; type=\"application/activity+json\"".formatted(activity)).build();
    }

    private Response.ResponseBuilder builder(TemplateInstance page) {
        return pages.builder(200, page).header(HttpHeaders.CACHE_CONTROL, SHORTLY).header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }
}
