package social.dunlin.api.refresh;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.AsyncRefreshEntity;
import social.dunlin.federation.thread.ThreadRequests;
import social.dunlin.refusal.Refusal;

/** {@code /api/v1_alpha/async_refreshes}: whether the rest of a thread has been found, by the id that its context's header named. */
@Path("/api/v1_alpha/async_refreshes")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AsyncRefreshResource {
    private final ThreadRequests threads;

    public AsyncRefreshResource(ThreadRequests threads) {
        this.threads = threads;
    }

    @GET
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "read")
    public AsyncRefreshEntity.Wrapped refresh(@PathParam("id") long id) {
        return threads.look(id).map(AsyncRefreshEntity::of).orElseThrow(Refusal::notFound);
    }
}
