package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Collections and their pages. Items may be ids (text nodes) or embedded documents. */
public final class OrderedCollectionDocument {
    private OrderedCollectionDocument() {
    }

    /** @param first id of the first page; null hides the members, as Mastodon reads it */
    public static ObjectNode paged(String id, long totalItems, String first) {
        ObjectNode json = Json.object().put("id", id).put("type", "OrderedCollection").put("totalItems", totalItems);
        return Json.withContext(Contexts.PLAIN, Json.putIfPresent(json, "first", first));
    }

    /** All members at once, for short ones such as the pinned posts. */
    public static ObjectNode whole(String id, List<? extends JsonNode> items) {
        ObjectNode json = Json.object().put("id", id).put("type", "OrderedCollection").put("totalItems", items.size());
        json.putArray("orderedItems").addAll(items);
        return Json.withContext(context(items), json);
    }

    /** {@code next} and {@code previous} are null at the ends. */
    public static ObjectNode page(String id, String collectionId, String next, String previous,
                                  List<? extends JsonNode> items) {
        ObjectNode json = Json.object().put("id", id).put("type", "OrderedCollectionPage").put("partOf", collectionId);
        Json.putIfPresent(json, "next", next);
        Json.putIfPresent(json, "prev", previous);
        json.putArray("orderedItems").addAll(items);
        return Json.withContext(context(items), json);
    }

    /** Ids alone need no words of posts. */
    private static JsonNode context(List<? extends JsonNode> items) {
        return items.stream().allMatch(JsonNode::isTextual) ? Contexts.PLAIN : Contexts.NOTE;
    }
}
