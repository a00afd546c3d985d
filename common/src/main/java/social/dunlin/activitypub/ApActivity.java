package social.dunlin.activitypub;

import java.time.Instant;
import java.util.List;

/**
 * An activity.
 *
 * @param actor   id; null when absent
 * @param objects usually one; Flag and votes may hold several
 * @param content the emoji of a reaction, the text of a report; null when absent
 */
public record ApActivity(String id, String type, String actor, List<ApReference> objects, ApReference target,
                         ApReference origin, ApReference instrument, ApReference result, List<String> to,
                         List<String> cc, List<String> audience, String content, String summary, List<ApTag> tags,
                         Instant published, Instant updated, ApObject source) implements ApEntity {
    /** The first object, or null. */
    public ApReference object() {
        return objects.isEmpty() ? null : objects.getFirst();
    }

    public String objectId() {
        return objects.isEmpty() ? null : objects.getFirst().id();
    }
}
