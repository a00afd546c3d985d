package social.dunlin.api.timeline;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.MarkerEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.timeline.Marker;
import social.dunlin.timeline.MarkerStore;

/** {@code /api/v1/markers}: how far one has read. */
@Path("/api/v1/markers")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MarkerResource {
    private static final List<String> TIMELINES = List.of("home", "notifications");

    private final MarkerStore markers;
    private final Parameters parameters;
    private final Caller caller;

    public MarkerResource(MarkerStore markers, Parameters parameters, Caller caller) {
        this.markers = markers;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:statuses")
    public Map<String, MarkerEntity> get() {
        return answer(markers.get(caller.accountId(), parameters.texts("timeline")));
    }

    @POST
    @Access(value = Level.USER_TOKEN, scopes = "write:statuses")
    public Map<String, MarkerEntity> set() {
        SequencedMap<String, Long> positions = new LinkedHashMap<>();
        TIMELINES.forEach(timeline -> parameters.at(timeline).id("last_read_id").ifPresent(id -> positions.put(timeline, id)));
        return answer(positions.isEmpty() ? List.of() : markers.set(caller.accountId(), positions));
    }

    private static Map<String, MarkerEntity> answer(List<Marker> markers) {
        Map<String, MarkerEntity> result = new LinkedHashMap<>();
        markers.forEach(marker -> result.put(marker.timeline(), MarkerEntity.of(marker)));
        return result;
    }
}
