package social.dunlin.api.instance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.ActivityEntity;
import social.dunlin.api.entity.ApiTime;
import social.dunlin.api.entity.LanguageEntity;
import social.dunlin.api.entity.PrivacyPolicyEntity;
import social.dunlin.api.entity.TermsOfServiceEntity;
import social.dunlin.instance.InstanceDocuments;
import social.dunlin.instance.InstanceDocuments.Document;
import social.dunlin.instance.InstanceUsage;
import social.dunlin.refusal.Refusal;
import social.dunlin.translation.LibreTranslate;

/** {@code /api/v1/instance/…}: its longer texts, languages and weeks. A text nobody has written is not there. */
@Path("/api/v1/instance")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class InstanceTextResource {
    private final InstanceDocuments documents;
    private final InstanceUsage usage;
    private final LibreTranslate translation;
    private final Caller caller;

    public InstanceTextResource(InstanceDocuments documents, InstanceUsage usage, LibreTranslate translation, Caller caller) {
        this.documents = documents;
        this.usage = usage;
        this.translation = translation;
        this.caller = caller;
    }

    @GET
    @Path("/privacy_policy")
    @Access(Level.PUBLIC)
    public PrivacyPolicyEntity privacyPolicy() {
        Document policy = documents.privacyPolicy().orElseThrow(Refusal::notFound);
        return new PrivacyPolicyEntity(ApiTime.of(policy.changedAt()), policy.html());
    }

    @GET
    @Path("/terms_of_service")
    @Access(Level.PUBLIC)
    public TermsOfServiceEntity terms() {
        Document terms = documents.termsOfService().orElseThrow(Refusal::notFound);
        return new TermsOfServiceEntity(LocalDate.ofInstant(terms.changedAt(), ZoneOffset.UTC).toString(), true, terms.html(), null);
    }

    /** Those that hold, by their day. */
    @GET
    @Path("/terms_of_service/{date}")
    @Access(Level.PUBLIC)
    public TermsOfServiceEntity terms(@PathParam("date") String date) {
        TermsOfServiceEntity terms = terms();
        if (!terms.effectiveDate().equals(date)) {
            throw Refusal.notFound();
        }
        return terms;
    }

    @GET
    @Path("/activity")
    @Access(Level.PUBLIC)
    public List<ActivityEntity> activity() {
        return usage.weeks(caller.domain()).stream().map(ActivityEntity::of).toList();
    }

    @GET
    @Path("/languages")
    @Access(Level.PUBLIC)
    public List<LanguageEntity> languages() {
        return Arrays.stream(Locale.getISOLanguages()).sorted()
            .map(code -> new LanguageEntity(code, Locale.of(code).getDisplayLanguage(Locale.ENGLISH))).toList();
    }

    /** Empty without a translation service. */
    @GET
    @Path("/translation_languages")
    @Access(Level.PUBLIC)
    public Map<String, List<String>> translationLanguages() {
        return translation.languages();
    }
}
