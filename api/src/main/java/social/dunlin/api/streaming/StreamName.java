package social.dunlin.api.streaming;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Optional;
import social.dunlin.oauth.Scopes;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.Hashtag;

/**
 * A stream somebody watches.
 *
 * @param key  the hashtag, normalised; empty for the others
 * @param json its name in messages, a JSON array with the hashtag as the client wrote it
 */
record StreamName(StreamKind kind, String key, String json) {
    /**
     * Reads what a client asks for; the texts of refusals are Mastodon's.
     *
     * @throws Refusal when there is no such stream or the scopes do not open it
     */
    static StreamName of(String name, String tag, Scopes scopes) {
        if ("direct".equals(name) || "list".equals(name)) {
            throw new Refusal(501, "This stream is not built yet");
        }
        StreamKind kind = Optional.ofNullable(name).flatMap(StreamKind::ofApiName).orElseThrow(() -> Refusal.badRequest("Unknown stream type"));
        if (!scopes.allow(kind == StreamKind.USER_NOTIFICATION ? "read:notifications" : "read:statuses")) {
            throw new Refusal(401, "Access token does not have the required scopes");
        }
        if (!kind.isTagged()) {
            return new StreamName(kind, "", "[\"" + kind.apiName() + "\"]");
        }
        Hashtag hashtag = Hashtag.of(tag).orElseThrow(() -> Refusal.badRequest("Missing tag name parameter"));
        String written = new String(JsonStringEncoder.getInstance().quoteAsString(tag));
        return new StreamName(kind, hashtag.normalised(), "[\"" + kind.apiName() + "\",\"" + written + "\"]");
    }

    boolean isSameAs(StreamName other) {
        return kind == other.kind && key.equals(other.key);
    }
}
