package social.dunlin.api.web;

import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.blob.BlobStores;

/** Renders a template into an answer: the reader's language, and a policy that lets the page load nothing but its own. */
@ApplicationScoped
public class Pages {
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);
    private static final int MAXIMUM_LANGUAGE_HEADER = 500;
    /** With the hosts of this install, where pictures come from, those of other servers too; that set aside for uploads; and that of a store which hands them out itself. */
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:%1$s; media-src 'self'%1$s; "
        + "font-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private final RoutingContext route;
    private final Domains domains;
    private final BlobStores stores;
    private final MediaUrls urls;

    public Pages(RoutingContext route, Domains domains, BlobStores stores, MediaUrls urls) {
        this.route = route;
        this.domains = domains;
        this.stores = stores;
        this.urls = urls;
    }

    /** A page that depends on who reads it, and is therefore kept by nobody. */
    public Response personal(int status, TemplateInstance page) {
        return builder(status, page).header(HttpHeaders.CACHE_CONTROL, "private, no-store").build();
    }

    /** The same with a form that leads, by a redirect, to one more place: browsers apply form-action to the redirect too. */
    public Response personal(int status, TemplateInstance page, String formTarget) {
        return builder(status, page, policy() + " " + formTarget).header(HttpHeaders.CACHE_CONTROL, "private, no-store").build();
    }

    /** The beginning of an answer with the rendered page; the caller says how long it may be kept. */
    public Response.ResponseBuilder builder(int status, TemplateInstance page) {
        return builder(status, page, policy());
    }

    private Response.ResponseBuilder builder(int status, TemplateInstance page, String policy) {
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
            .entity(page.setLocale(language()).render())
            .header("Content-Security-Policy", policy)
            .header(HttpHeaders.VARY, "Accept-Language");
    }

    private String policy() {
        return POLICY.formatted(Stream.of(domains.known().stream().map(Domain::baseUrl), urls.origin().stream(), stores.origin().stream())
            .flatMap(Function.identity()).map(" "::concat).collect(Collectors.joining()));
    }

    /** The reader's language as the browser says, or English. */
    public Locale language() {
        String header = route.request().getHeader("Accept-Language");
        if (header == null || header.length() > MAXIMUM_LANGUAGE_HEADER) {
            return Locale.ENGLISH;
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(header), LANGUAGES);
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException malformed) {
            return Locale.ENGLISH;
        }
    }
}
