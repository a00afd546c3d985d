package social.dunlin.transfer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One line of what somebody brings along; wishes that are null were not said.
 *
 * @param list              title of the list it goes into; "" for everything but lists
 * @param target            handle, host, or address of an account or a post
 * @param error             why it cannot be done; null while that is not known
 */
record ImportRow(String list, String target, Boolean reblogs, Boolean bell, List<String> languages, Boolean hideNotifications, String error) {
    static ImportRow of(String target) {
        return new ImportRow("", target, null, null, null, null, null);
    }

    static ImportRow unusable(String list, String target, String error) {
        return new ImportRow(list, target, null, null, null, null, error);
    }

    /** The wishes as JSON. */
    String options() {
        JsonObject json = new JsonObject();
        if (reblogs != null) {
            json.put("reblogs", reblogs);
        }
        if (bell != null) {
            json.put("bell", bell);
        }
        if (languages != null) {
            json.put("languages", new JsonArray(languages));
        }
        if (hideNotifications != null) {
            json.put("hideNotifications", hideNotifications);
        }
        return json.encode();
    }

    static ImportRow read(String list, String target, String options) {
        JsonObject json = new JsonObject(options);
        JsonArray languages = json.getJsonArray("languages");
        return new ImportRow(list, target, json.getBoolean("reblogs"), json.getBoolean("bell"),
            languages == null ? null : languages.stream().map(Object::toString).toList(), json.getBoolean("hideNotifications"), null);
    }
}
