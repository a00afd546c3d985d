package social.dunlin.activitypub;

import java.time.Instant;

/** What is left of something deleted. {@code formerType} and {@code deleted} may be null. */
public record ApTombstone(String id, String formerType, Instant deleted, ApObject source) implements ApEntity {
    @Override
    public String type() {
        return "Tombstone";
    }
}
