package social.dunlin.timeline;

import java.time.Instant;

/** How far somebody has read. @param timeline home or notifications; @param version grows with each change */
public record Marker(String timeline, long lastReadId, int version, Instant updatedAt) {
}
