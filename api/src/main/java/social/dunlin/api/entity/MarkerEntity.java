package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import social.dunlin.timeline.Marker;

/** @param version grows with every change */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record MarkerEntity(String lastReadId, int version, String updatedAt) {
    public static MarkerEntity of(Marker marker) {
        return new MarkerEntity(Long.toString(marker.lastReadId()), marker.version(), ApiTime.of(marker.updatedAt()));
    }
}
