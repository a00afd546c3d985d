package social.dunlin.api.oauth;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.account.Account;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.AccountRenderer;

/** Who the person is, in the words of OpenID Connect (Mastodon 4.4). */
@Path("/oauth/userinfo")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class UserInfoResource {
    private final Caller caller;
    private final AccountRenderer renderer;

    public UserInfoResource(Caller caller, AccountRenderer renderer) {
        this.caller = caller;
        this.renderer = renderer;
    }

    /** @param sub the actor's URI */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record UserInfo(String iss, String sub, String name, String preferredUsername, String profile, String picture) {
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "profile")
    public UserInfo get() {
        Account account = caller.account();
        return new UserInfo(caller.domain().baseUrl() + "/", account.uri(), account.displayName(), account.username(), account.pageUrl(),
            renderer.render(account).avatar());
    }

    @POST
    @Access(value = Level.USER_TOKEN, scopes = "profile")
    public UserInfo post() {
        return get();
    }
}
