package social.dunlin.api.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import social.dunlin.account.InviteService;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.refusal.Refusal;

/** Where an invitation leads: the sign-up page, or for an app that asks for JSON what it needs to sign somebody up (as Mastodon). */
@Path("/invite/{code}")
@RunOnVirtualThread
public class InvitePageResource {
    private final SignUpPageResource signUp;
    private final InviteService invites;
    private final Caller caller;

    public InvitePageResource(SignUpPageResource signUp, InviteService invites, Caller caller) {
        this.signUp = signUp;
        this.invites = invites;
        this.caller = caller;
    }

    @GET
    @Access(Level.WEB_PAGE)
    public Response invitation(@PathParam("code") String code, @HeaderParam("Accept") String accept) {
        if (accept == null || !accept.startsWith(MediaType.APPLICATION_JSON)) {
            return signUp.form(code);
        }
        if (!invites.isGood(caller.domain(), code)) {
            throw new Refusal(401, "This invitation is not valid");
        }
        return Response.ok(new InviteEntity(code, caller.domain().baseUrl() + "/api/v2/instance"), MediaType.APPLICATION_JSON).build();
    }
}
