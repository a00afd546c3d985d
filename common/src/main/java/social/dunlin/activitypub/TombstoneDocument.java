package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** What is answered (with 410) in place of something deleted. */
public final class TombstoneDocument {
    private TombstoneDocument() {
    }

    /** {@code formerType} and {@code deleted} may be null. */
    public static ObjectNode of(String id, String formerType, Instant deleted) {
        return Json.withContext(Contexts.PLAIN, embedded(id, formerType, deleted));
    }

    static ObjectNode embedded(String id, String formerType, Instant deleted) {
        ObjectNode json = Json.object().put("id", id).put("type", "Tombstone");
        Json.putIfPresent(json, "formerType", formerType);
        return Json.putIfPresent(json, "deleted", deleted == null ? null : Dates.write(deleted));
    }
}
