package social.dunlin.api.instance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.InstanceEntity;
import social.dunlin.api.entity.InstanceRenderer;

/** {@code /api/v2/instance}: the served domain that was asked. */
@Path("/api/v2/instance")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class InstanceV2Resource {
    private final InstanceRenderer renderer;
    private final Caller caller;

    public InstanceV2Resource(InstanceRenderer renderer, Caller caller) {
        this.renderer = renderer;
        this.caller = caller;
    }

    @GET
    @Access(Level.PUBLIC)
    public InstanceEntity instance() {
        return renderer.render(caller.domain());
    }
}
