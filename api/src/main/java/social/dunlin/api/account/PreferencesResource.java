package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.account.AccountSettingStore;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.PreferencesEntity;

/** {@code /api/v1/preferences}: how the reader posts and reads. */
@Path("/api/v1/preferences")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PreferencesResource {
    private final AccountSettingStore settings;
    private final Caller caller;

    public PreferencesResource(AccountSettingStore settings, Caller caller) {
        this.settings = settings;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:accounts")
    public PreferencesEntity preferences() {
        return PreferencesEntity.of(settings.of(caller.accountId()));
    }
}
