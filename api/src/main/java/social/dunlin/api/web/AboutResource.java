package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.domain.Domain;
import social.dunlin.instance.InstanceDocuments;
import social.dunlin.instance.InstanceRule;
import social.dunlin.instance.InstanceStatistics;
import social.dunlin.instance.InstanceStore;
import social.dunlin.instance.InstanceUsage;

/** What this place is, its rules, who runs it, and on what. */
@Path("/about")
@RunOnVirtualThread
public class AboutResource {
    private final InstanceStore instance;
    private final InstanceUsage usage;
    private final InstanceDocuments documents;
    private final Words words;
    private final Site site;
    private final Caller caller;
    private final PublicPage pages;

    public AboutResource(InstanceStore instance, InstanceUsage usage, InstanceDocuments documents, Words words, Site site, Caller caller, PublicPage pages) {
        this.instance = instance;
        this.usage = usage;
        this.documents = documents;
        this.words = words;
        this.site = site;
        this.caller = caller;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "public")
    static class Templates {
        static native TemplateInstance about(HeadView head, String title, String description, List<InstanceRule> rules, boolean privacy, boolean terms, String contact,
                                             String version, String people, String active, String written, String servers);
    }

    @GET
    @Access(Level.PUBLIC)
    public Response about() {
        Domain domain = caller.domain();
        InstanceStatistics numbers = usage.of(domain);
        String description = site.description();
        HeadView head = new HeadView(words.page().about_title(site.getTitle()), HeadView.describe(description), domain.baseUrl() + "/about",
            "website", null, null, false);
        return pages.of(Templates.about(head, site.getTitle(), description, instance.rules(domain.id()),
            documents.privacyPolicy().isPresent(), documents.termsOfService().isPresent(), site.contact(),
            words.version(), words.number(numbers.users()), words.number(numbers.activeMonth()), words.number(numbers.statuses()),
            words.number(numbers.hosts())));
    }
}
