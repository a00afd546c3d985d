package social.dunlin.api.streaming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.dunlin.status.StatusDetails.Flags;
import social.dunlin.visibility.QuotePermission;
import social.dunlin.visibility.QuotedView;

/**
 * How one reader sees a post, as far as readers differ; by the ids of the post and those within it. Readers for whom it
 * is equal get the same text.
 *
 * @param personal    in a reader's own stream: with what they did and may do. Public ones say nothing of that (behaviours §19)
 * @param votes       by poll
 * @param reactions   the emoji the reader put on posts
 * @param filtered    the reader's filters that the post matches
 */
record ReaderView(boolean personal, Map<Long, Flags> flags, Map<Long, QuotePermission> permissions, Map<Long, QuotedView> quoted,
                  Map<Long, List<Integer>> votes, Map<Long, Set<String>> reactions, ArrayNode filtered) {

    /** Makes this reader's form of the shared one. */
    ObjectNode of(ObjectNode shared) {
        ObjectNode status = shared.deepCopy();
        adapt(status);
        status.set("filtered", filtered);
        if (status.path("reblog") instanceof ObjectNode original) {
            original.set("filtered", filtered);
        }
        return status;
    }

    private void adapt(ObjectNode status) {
        status.putArray("filtered");
        if (personal) {
            addPersonal(status);
        }
        if (status.path("quote") instanceof ObjectNode quote) {
            adaptQuote(quote);
        }
        if (status.path("reblog") instanceof ObjectNode original) {
            adapt(original);
        }
    }

    private void addPersonal(ObjectNode status) {
        JsonNode original = status.path("reblog").isObject() ? status.path("reblog") : status;
        long id = original.path("id").asLong();
        Flags own = flags.getOrDefault(id, Flags.NONE);
        status.put("favourited", own.favourited()).put("reblogged", own.reblogged()).put("muted", own.muted()).put("bookmarked", own.bookmarked());
        if (status.path("quote_approval") instanceof ObjectNode approval) {
            approval.put("current_user", permissions.getOrDefault(id, QuotePermission.DENIED).apiName());
        }
        Set<String> put = reactions.getOrDefault(status.path("id").asLong(), Set.of());
        status.path("emoji_reactions").forEach(reaction -> ((ObjectNode) reaction).put("me", put.contains(reaction.path("name").asText())));
        if (status.path("poll") instanceof ObjectNode poll) {
            List<Integer> choices = votes.getOrDefault(poll.path("id").asLong(), List.of());
            ArrayNode chosen = poll.put("voted", !choices.isEmpty()).putArray("own_votes");
            choices.forEach(chosen::add);
        }
    }

    /** The quoted post in full, or for one quoted in a quoted post its id alone. */
    private void adaptQuote(ObjectNode quote) {
        JsonNode inFull = quote.path("quoted_status");
        JsonNode idAlone = quote.path("quoted_status_id");
        if (!inFull.isObject() && !idAlone.isTextual()) {
            return;
        }
        QuotedView view = quoted.getOrDefault(inFull.isObject() ? inFull.path("id").asLong() : idAlone.asLong(), QuotedView.UNAUTHORIZED);
        quote.put("state", view.apiName());
        if (!view.isGiven()) {
            quote.putNull(inFull.isObject() ? "quoted_status" : "quoted_status_id");
        } else if (inFull instanceof ObjectNode status) {
            adapt(status);
        }
    }
}
