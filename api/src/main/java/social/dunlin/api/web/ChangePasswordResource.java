package social.dunlin.api.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Level;

/** Where password managers send people (W3C: A Well-Known URL for Changing Passwords). */
@Path("/.well-known/change-password")
@RunOnVirtualThread
public class ChangePasswordResource {
    @GET
    @Access(Level.PUBLIC)
    public Response change() {
        return Response.status(Response.Status.FOUND).header("Location", "/settings/password").build();
    }
}
