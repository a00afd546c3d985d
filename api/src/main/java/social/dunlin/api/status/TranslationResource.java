package social.dunlin.api.status;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.account.AccountSettingStore;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.TranslationEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.status.StatusReader;
import social.dunlin.translation.StatusTranslations;

/** {@code /api/v1/statuses/:id/translate}. */
@Path("/api/v1/statuses")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TranslationResource {
    private static final String DEFAULT_LANGUAGE = "en";

    private final StatusTranslations translations;
    private final StatusReader reader;
    private final AccountSettingStore settings;
    private final Parameters parameters;
    private final Caller caller;

    public TranslationResource(StatusTranslations translations, StatusReader reader, AccountSettingStore settings, Parameters parameters, Caller caller) {
        this.translations = translations;
        this.reader = reader;
        this.settings = settings;
        this.parameters = parameters;
        this.caller = caller;
    }

    /** Into {@code lang}, else the language the reader writes in. */
    @POST
    @Path("/{id}/translate")
    @Access(value = Level.USER_TOKEN, scopes = "read:statuses")
    public TranslationEntity translate(@PathParam("id") long id) {
        String ownLanguage = settings.of(caller.accountId()).defaultLanguage();
        String target = parameters.text("lang").filter(text -> !text.isBlank()).orElse(ownLanguage == null ? DEFAULT_LANGUAGE : ownLanguage);
        return TranslationEntity.of(translations.translate(reader.get(caller.viewer(), id), target));
    }
}
