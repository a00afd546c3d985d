package social.dunlin.api.streaming;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Optional;
import social.dunlin.oauth.Scopes;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.Hashtag;

/**
 * A stream somebody watches.
 *
 * @param key  the hashtag, normalised, or the id of the list; empty for the others
 * @param json its name in messages, a JSON array with the hashtag as the client wrote it, or the list
 */
record StreamName(StreamKind kind, String key, String json) {
    /**
     * Reads what a client asks for; the texts of refusals are Mastodon's.
     *
     * @throws Refusal when there is no such stream or the scopes do not open it
     */
    static StreamName of(String name, String tag, String list, Scopes scopes) {
        StreamKind kind = Optional.ofNullable(name).flatMap(StreamKind::ofApiName).orElseThrow(() -> Refusal.badRequest("Unknown stream type"));
        if (!scopes.allow(kind == StreamKind.USER_NOTIFICATION ? "read:notifications" : "read:statuses")) {
            throw new Refusal(401, "Access token does not have the required scopes");
        }
        if (kind == StreamKind.LIST) {
            long id = listId(list);
            return new StreamName(kind, Long.toString(id), "[\"list\",\"" + id + "\"]");
        }
        if (!kind.isTagged()) {
            return new StreamName(kind, "", "[\"" + kind.apiName() + "\"]");
        }
        Hashtag hashtag = Hashtag.of(tag).orElseThrow(() -> Refusal.badRequest("Missing tag name parameter"));
        String written = new String(JsonStringEncoder.getInstance().quoteAsString(tag));
        return new StreamName(kind, hashtag.normalised(), "[\"" + kind.apiName() + "\",\"" + written + "\"]");
    }

    /** Whose list it is has to be looked at apart from this. */
    private static long listId(String text) {
        if (text == null || text.isBlank()) {
            throw Refusal.badRequest("Missing list name parameter");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException noNumber) {
            throw foreignList();
        }
    }

    static Refusal foreignList() {
        return new Refusal(401, "Not authorized to stream this list");
    }

    /** Of a list. */
    long listId() {
        return Long.parseLong(key);
    }

    boolean isSameAs(StreamName other) {
        return kind == other.kind && key.equals(other.key);
    }
}
