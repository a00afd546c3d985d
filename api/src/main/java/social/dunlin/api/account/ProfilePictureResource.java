package social.dunlin.api.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.CredentialAccountEntity;
import social.dunlin.api.entity.CredentialAccountRenderer;
import social.dunlin.media.MediaUpload.Purpose;
import social.dunlin.profile.ProfilePictures;

/** Takes one's pictures away; they are set with the rest of the profile. */
@Path("/api/v1/profile")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ProfilePictureResource {
    private final ProfilePictures pictures;
    private final CredentialAccountRenderer renderer;
    private final Caller caller;

    public ProfilePictureResource(ProfilePictures pictures, CredentialAccountRenderer renderer, Caller caller) {
        this.pictures = pictures;
        this.renderer = renderer;
        this.caller = caller;
    }

    @DELETE
    @Path("/avatar")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public CredentialAccountEntity removeAvatar() {
        return renderer.render(pictures.remove(caller.account(), Purpose.AVATAR));
    }

    @DELETE
    @Path("/header")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public CredentialAccountEntity removeHeader() {
        return renderer.render(pictures.remove(caller.account(), Purpose.HEADER));
    }
}
