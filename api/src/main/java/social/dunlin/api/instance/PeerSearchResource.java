package social.dunlin.api.instance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Level;
import social.dunlin.api.request.Parameters;
import social.dunlin.instance.InstanceStore;

/** {@code /api/v1/peers/search}: known servers by the beginning of their name. */
@Path("/api/v1/peers/search")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PeerSearchResource {
    private static final int SHOWN = 10;

    private final InstanceStore store;
    private final Parameters parameters;

    public PeerSearchResource(InstanceStore store, Parameters parameters) {
        this.store = store;
        this.parameters = parameters;
    }

    @GET
    @Access(Level.PUBLIC)
    public List<String> search() {
        return parameters.text("q").filter(text -> !text.isBlank()).map(text -> store.peersBeginningWith(text.strip(), SHOWN)).orElse(List.of());
    }
}
