package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * The activities we send. What is accepted, rejected or undone is embedded whole: Pixelfed, Threads and Misskey cannot do
 * with less.
 */
public final class Activities {
    private Activities() {
    }

    /** The Create of a post; its id is the post's with {@code /activity}. */
    public static ObjectNode create(NoteView note) {
        ObjectNode json = Json.object().put("id", note.id() + "/activity").put("type", "Create")
                .put("actor", note.attributedTo()).put("published", Dates.write(note.published()));
        Json.address(json, note.audience()).set("object", NoteDocument.embedded(note));
        return Json.withContext(Contexts.NOTE, json);
    }

    /** An edit when {@link NoteView#updated} is later than before; otherwise only new numbers. */
    public static ObjectNode update(String id, NoteView note, Instant at) {
        ObjectNode json = Json.object().put("id", id).put("type", "Update").put("actor", note.attributedTo())
                .put("published", Dates.write(at));
        Json.address(json, note.audience()).set("object", NoteDocument.embedded(note));
        return Json.withContext(Contexts.NOTE, json);
    }

    public static ObjectNode updateActor(String id, ActorView actor, Instant at) {
        ObjectNode json = Json.object().put("id", id).put("type", "Update").put("actor", actor.id())
                .put("published", Dates.write(at));
        Json.address(json, toEveryone()).set("object", Json.withoutContext(ActorDocument.of(actor)));
        return Json.withContext(Contexts.ACTOR, json);
    }

    /** Deletes a post. */
    public static ObjectNode delete(String id, String actor, String objectId, Audience audience) {
        ObjectNode json = Json.object().put("id", id).put("type", "Delete").put("actor", actor);
        Json.address(json, audience).set("object", TombstoneDocument.embedded(objectId, null, null).put("atomUri", objectId));
        return Json.withContext(Contexts.NOTE, json);
    }

    /** Deletes the account itself. */
    public static ObjectNode deleteActor(String id, String actor) {
        ObjectNode json = Json.object().put("id", id).put("type", "Delete").put("actor", actor);
        return Json.withContext(Contexts.PLAIN, Json.address(json, toEveryone()).put("object", actor));
    }

    public static ObjectNode follow(String id, String actor, String object) {
        return simple(id, "Follow", actor, object);
    }

    public static ObjectNode like(String id, String actor, String object) {
        return simple(id, "Like", actor, object);
    }

    /**
     * An answer by emoji (FEP-c0e0).
     *
     * @param emoji   one Unicode emoji, or the code of a custom one
     * @param iconUrl the custom one's picture; null for a Unicode one
     */
    public static ObjectNode emojiReact(String id, String actor, String object, String emoji, String iconUrl) {
        ObjectNode json = Json.object().put("id", id).put("type", "EmojiReact").put("actor", actor).put("object", object)
                .put("content", iconUrl == null ? emoji : ":" + emoji + ":");
        if (iconUrl != null) {
            json.set("tag", TagDocument.tags(List.of(new ApTag.Emoji(iconUrl, emoji, iconUrl, null, null))));
        }
        return Json.withContext(Contexts.REACTION, json);
    }

    public static ObjectNode block(String id, String actor, String object) {
        return simple(id, "Block", actor, object);
    }

    /** The actor lives at {@code target} now; to its followers. */
    public static ObjectNode move(String id, String actor, String target, String followers) {
        ObjectNode json = simple(id, "Move", actor, actor).put("target", target);
        json.set("to", Json.strings(List.of(followers)));
        return json;
    }

    /** @param follow the Follow, with the id its sender gave it */
    public static ObjectNode accept(String id, String actor, ObjectNode follow) {
        return answer(id, "Accept", actor, follow);
    }

    /** @param follow the Follow, with the id its sender gave it; also ends a follow accepted before */
    public static ObjectNode reject(String id, String actor, ObjectNode follow) {
        return answer(id, "Reject", actor, follow);
    }

    /** @param activity what is taken back, as it was sent; the audience and the context are the same */
    public static ObjectNode undo(String id, String actor, ObjectNode activity) {
        ObjectNode json = Json.object().put("id", id).put("type", "Undo").put("actor", actor);
        for (String member : List.of("to", "cc")) {
            if (activity.has(member)) {
                json.set(member, activity.get(member).deepCopy());
            }
        }
        json.set("object", Json.withoutContext(activity));
        return Json.withContext(activity.get("@context"), json);
    }

    public static ObjectNode announce(String id, String actor, String object, Audience audience, Instant published) {
        ObjectNode json = Json.object().put("id", id).put("type", "Announce").put("actor", actor)
                .put("published", Dates.write(published));
        return Json.withContext(Contexts.PLAIN, Json.address(json, audience).put("object", object));
    }

    /** Pins: adds an object to a collection of the actor's own. */
    public static ObjectNode add(String id, String actor, String object, String target) {
        return simple(id, "Add", actor, object).put("target", target);
    }

    public static ObjectNode remove(String id, String actor, String object, String target) {
        return simple(id, "Remove", actor, object).put("target", target);
    }

    /** Shows a hashtag on the actor's profile; Mastodon expects the collection of pinned posts as the target. */
    public static ObjectNode addHashtag(String id, String actor, ApTag.Hashtag hashtag, String target) {
        return ofHashtag(id, "Add", actor, hashtag, target);
    }

    public static ObjectNode removeHashtag(String id, String actor, ApTag.Hashtag hashtag, String target) {
        return ofHashtag(id, "Remove", actor, hashtag, target);
    }

    private static ObjectNode ofHashtag(String id, String type, String actor, ApTag.Hashtag hashtag, String target) {
        ObjectNode json = Json.object().put("id", id).put("type", type).put("actor", actor);
        json.set("object", HashtagDocument.of(hashtag));
        return Json.withContext(Contexts.NOTE, json.put("target", target));
    }

    /**
     * A report to another server, which asks for the accused first.
     *
     * @param objects the accused account, posts and collections of it
     */
    public static ObjectNode flag(String id, String actor, String accused, List<String> objects, String content) {
        ObjectNode json = Json.object().put("id", id).put("type", "Flag").put("actor", actor).put("content", content);
        json.set("object", Json.strings(objects));
        return Json.withContext(Contexts.PLAIN, json.put("to", accused));
    }

    private static ObjectNode simple(String id, String type, String actor, String object) {
        return Json.withContext(Contexts.PLAIN, Json.object().put("id", id).put("type", type).put("actor", actor)
                .put("object", object));
    }

    private static ObjectNode answer(String id, String type, String actor, ObjectNode follow) {
        ObjectNode json = Json.object().put("id", id).put("type", type).put("actor", actor);
        json.set("object", Json.withoutContext(follow));
        return Json.withContext(Contexts.PLAIN, json);
    }

    private static Audience toEveryone() {
        return new Audience(List.of(ActivityStreams.PUBLIC), List.of());
    }
}
