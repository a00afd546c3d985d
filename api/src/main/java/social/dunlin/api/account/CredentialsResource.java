package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.CredentialAccountEntity;
import social.dunlin.api.entity.CredentialAccountRenderer;
import social.dunlin.api.media.Uploads;
import social.dunlin.api.request.Parameters;
import social.dunlin.profile.ProfilePictures;
import social.dunlin.profile.ProfileService;

/** One's own account: the test whether a token is good, the profile. */
@Path("/api/v1/accounts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CredentialsResource {
    private final ProfileService profiles;
    private final ProfilePictures pictures;
    private final CredentialAccountRenderer renderer;
    private final Parameters parameters;
    private final Caller caller;

    public CredentialsResource(ProfileService profiles, ProfilePictures pictures, CredentialAccountRenderer renderer, Parameters parameters, Caller caller) {
        this.profiles = profiles;
        this.pictures = pictures;
        this.renderer = renderer;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Path("/verify_credentials")
    @Access(value = Level.USER_TOKEN, scopes = {"profile", "read:accounts"})
    public CredentialAccountEntity verifyCredentials() {
        return renderer.render(caller.account());
    }

    @PATCH
    @Path("/update_credentials")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public CredentialAccountEntity updateCredentials() {
        List<Long> taken = pictures.take(caller.account(), new ProfilePictures.Change(Uploads.file(parameters, "avatar"), Uploads.file(parameters, "header")));
        Account account = profiles.update(caller.account(), ProfileForm.read(parameters));
        return renderer.render(taken.isEmpty() ? account : pictures.await(account, taken));
    }
}
