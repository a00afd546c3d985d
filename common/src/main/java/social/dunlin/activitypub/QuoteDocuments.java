package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What is written about quotes under consent (FEP-044f): asking, answering, the stamp, taking it back. */
public final class QuoteDocuments {
    private QuoteDocuments() {
    }

    /**
     * Asks the author of a post whether it may be quoted.
     *
     * @param instrument the quoting post, given whole: it may be one that not everybody can fetch
     */
    public static ObjectNode request(String id, String actor, String quoted, String quotedAuthor, NoteView instrument) {
        ObjectNode json = Json.object().put("id", id).put("type", "QuoteRequest").put("actor", actor).put("to", quotedAuthor)
                .put("object", quoted);
        json.set("instrument", NoteDocument.embedded(instrument));
        return Json.withContext(Contexts.QUOTE_REQUEST, json);
    }

    /** A request of somebody else's, as far as an answer repeats it. */
    public record Asked(String id, String actor, String object, String instrument) {
        private ObjectNode json() {
            ObjectNode json = Json.object();
            Json.putIfPresent(json, "id", id).put("type", "QuoteRequest");
            return json.put("actor", actor).put("object", object).put("instrument", instrument);
        }
    }

    /** @param stamp id of the QuoteAuthorization */
    public static ObjectNode accept(String id, String actor, Asked request, String stamp) {
        return answer(id, "Accept", actor, request).put("result", stamp);
    }

    public static ObjectNode reject(String id, String actor, Asked request) {
        return answer(id, "Reject", actor, request);
    }

    private static ObjectNode answer(String id, String type, String actor, Asked request) {
        ObjectNode json = Json.object().put("id", id).put("type", type).put("actor", actor).put("to", request.actor);
        json.set("object", request.json());
        return Json.withContext(Contexts.QUOTE, json);
    }

    /**
     * The stamp: proof that this post may quote that one.
     *
     * @param author     of the quoted post
     * @param quoting    id of the post that quotes
     * @param quoted     id of the post it quotes
     */
    public static ObjectNode authorization(String id, String author, String quoting, String quoted) {
        return Json.withContext(Contexts.QUOTE, Json.object().put("id", id).put("type", "QuoteAuthorization").put("attributedTo", author)
                .put("interactingObject", quoting).put("interactionTarget", quoted));
    }

    /** Takes a stamp back. */
    public static ObjectNode revocation(String id, String actor, String stamp) {
        ObjectNode json = Json.object().put("id", id).put("type", "Delete").put("actor", actor);
        json.set("to", Json.strings(List.of(ActivityStreams.PUBLIC)));
        return Json.withContext(Contexts.QUOTE, json.put("object", stamp));
    }

    /** True when a fetched document is the stamp of its author for this pair of posts. */
    public static boolean isAuthorization(ApObject document, String author, String quoting, String quoted) {
        return document.isA("QuoteAuthorization") && author.equals(document.id("attributedTo"))
                && quoting.equals(document.id("interactingObject")) && quoted.equals(document.id("interactionTarget"));
    }
}
