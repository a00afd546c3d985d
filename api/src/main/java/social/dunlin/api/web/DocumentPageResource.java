package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.instance.InstanceDocuments;
import social.dunlin.instance.InstanceDocuments.Document;
import social.dunlin.refusal.Refusal;

/** The longer texts of the install as pages. One that nobody has written is not there. */
@Path("/")
@RunOnVirtualThread
public class DocumentPageResource {
    private final InstanceDocuments documents;
    private final Words words;
    private final Site site;
    private final Caller caller;
    private final PublicPage pages;

    public DocumentPageResource(InstanceDocuments documents, Words words, Site site, Caller caller, PublicPage pages) {
        this.documents = documents;
        this.words = words;
        this.site = site;
        this.caller = caller;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "public")
    static class Templates {
        /** @param html sanitised */
        static native TemplateInstance document(HeadView head, String title, String html, String changed);
    }

    @GET
    @Path("privacy-policy")
    @Access(Level.PUBLIC)
    public Response privacyPolicy() {
        return page("/privacy-policy", words.page().about_privacy(), documents.privacyPolicy());
    }

    @GET
    @Path("terms-of-service")
    @Access(Level.PUBLIC)
    public Response termsOfService() {
        return page("/terms-of-service", words.page().about_terms(), documents.termsOfService());
    }

    private Response page(String path, String title, Optional<Document> found) {
        Document document = found.orElseThrow(Refusal::notFound);
        HeadView head = new HeadView(title, HeadView.describe(site.getTitle()), caller.domain().baseUrl() + path, "website", null, null, false);
        return pages.of(Templates.document(head, title, document.html(), words.day(document.changedAt())));
    }
}
