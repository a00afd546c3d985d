package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A local post, with the members Mastodon writes (federation reference §3.2, §3.5, §3.8). */
public final class NoteDocument {
    private static final String QUOTE_MEDIA_TYPE =
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
    private static final String QUOTE_RELATION = "https://misskey-hub.net/ns#_misskey_quote";

    private NoteDocument() {
    }

    public static ObjectNode of(NoteView note) {
        return Json.withContext(Contexts.NOTE, embedded(note));
    }

    /** Without context, to stand inside an activity or collection. */
    public static ObjectNode embedded(NoteView note) {
        ObjectNode json = Json.object();
        json.put("id", note.id()).put("type", note.poll() == null ? "Note" : "Question")
                .put("summary", note.summary() == null || note.summary().isEmpty() ? null : note.summary())
                .put("inReplyTo", note.inReplyTo()).put("published", Dates.write(note.published()));
        Json.putIfPresent(json, "updated", note.updated() == null ? null : Dates.write(note.updated()));
        json.put("url", note.url()).put("attributedTo", note.attributedTo());
        Json.address(json, note.audience());
        json.put("sensitive", note.sensitive()).put("atomUri", note.id()).put("inReplyToAtomUri", note.inReplyTo());
        Json.putIfPresent(json, "conversation", note.conversation());
        Json.putIfPresent(json, "context", note.context());
        json.put("content", note.content());
        if (note.language() != null) {
            json.putObject("contentMap").put(note.language(), note.content());
        }
        json.set("attachment", TagDocument.attachments(note.attachments()));
        json.set("tag", TagDocument.tags(tags(note)));
        if (note.quote() != null && note.quote().target() != null) {
            quote(json, note.quote());
        }
        if (note.quotePolicy() != null) {
            quotePolicy(json, note.quotePolicy());
        }
        if (note.poll() != null) {
            poll(json, note.poll());
        }
        json.put("replies", note.id() + "/replies");
        count(json, "likes", note.id(), note.likes());
        count(json, "shares", note.id(), note.shares());
        return json;
    }

    private static void count(ObjectNode json, String name, String noteId, Long total) {
        String id = noteId + "/" + name;
        if (total == null) {
            json.put(name, id);
        } else {
            json.putObject(name).put("id", id).put("type", "Collection").put("totalItems", total);
        }
    }

    private static List<ApTag> tags(NoteView note) {
        if (note.quote() == null || note.quote().target() == null) {
            return note.tags();
        }
        List<ApTag> tags = new ArrayList<>(note.tags());
        String target = note.quote().target();
        tags.add(new ApTag.Link(target, QUOTE_MEDIA_TYPE, QUOTE_RELATION, "RE: " + target));
        return tags;
    }

    private static void quote(ObjectNode json, ApQuote quote) {
        // Only what is asked for and consented to is a quote; a legacy one is left to those who know no consent.
        if (quote.form() == ApQuote.Form.QUOTE) {
            json.put("quote", quote.target());
            Json.putIfPresent(json, "quoteAuthorization", quote.authorization());
        }
        json.put("quoteUrl", quote.target()).put("quoteUri", quote.target()).put("_misskey_quote", quote.target());
    }

    private static void quotePolicy(ObjectNode json, NoteView.QuotePolicy policy) {
        ObjectNode canQuote = json.putObject("interactionPolicy").putObject("canQuote");
        canQuote.set("automaticApproval", Json.strings(policy.automatic()));
        canQuote.set("manualApproval", Json.strings(policy.manual()));
    }

    private static void poll(ObjectNode json, ApPoll poll) {
        ArrayNode options = json.putArray(poll.multiple() ? "anyOf" : "oneOf");
        for (ApPoll.Option option : poll.options()) {
            ObjectNode written = options.addObject().put("type", "Note").put("name", option.title());
            written.putObject("replies").put("type", "Collection").put("totalItems", option.votes() == null ? 0 : option.votes());
        }
        Instant end = poll.endsAt();
        Json.putIfPresent(json, "endTime", end == null ? null : Dates.write(end));
        if (poll.closed()) {
            Json.putIfPresent(json, "closed", end == null ? null : Dates.write(end));
        }
        if (poll.voters() != null) {
            json.put("votersCount", poll.voters());
        }
    }
}
