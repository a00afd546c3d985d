package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
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
import social.dunlin.api.entity.ProfileEntity;
import social.dunlin.api.entity.ProfileRenderer;
import social.dunlin.api.media.Uploads;
import social.dunlin.api.request.Parameters;
import social.dunlin.media.MediaUpload.Purpose;
import social.dunlin.profile.ProfilePictures;
import social.dunlin.profile.ProfileService;

/** {@code /api/v1/profile}: one's own profile as it is edited, and the end of its pictures. */
@Path("/api/v1/profile")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class OwnProfileResource {
    private final ProfileService profiles;
    private final ProfilePictures pictures;
    private final ProfileRenderer renderer;
    private final CredentialAccountRenderer credentials;
    private final Parameters parameters;
    private final Caller caller;

    public OwnProfileResource(ProfileService profiles, ProfilePictures pictures, ProfileRenderer renderer, CredentialAccountRenderer credentials,
                              Parameters parameters, Caller caller) {
        this.profiles = profiles;
        this.pictures = pictures;
        this.renderer = renderer;
        this.credentials = credentials;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = {"profile", "read:accounts"})
    public ProfileEntity profile() {
        return renderer.render(caller.account(), caller.domain());
    }

    @PUT
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public ProfileEntity update() {
        List<Long> taken = pictures.take(caller.account(), new ProfilePictures.Change(Uploads.file(parameters, "avatar"), Uploads.file(parameters, "header")));
        Account account = profiles.update(caller.account(), ProfileForm.read(parameters));
        return renderer.render(taken.isEmpty() ? account : pictures.await(account, taken), caller.domain());
    }

    @DELETE
    @Path("/avatar")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public CredentialAccountEntity removeAvatar() {
        return credentials.render(pictures.remove(caller.account(), Purpose.AVATAR));
    }

    @DELETE
    @Path("/header")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public CredentialAccountEntity removeHeader() {
        return credentials.render(pictures.remove(caller.account(), Purpose.HEADER));
    }
}
