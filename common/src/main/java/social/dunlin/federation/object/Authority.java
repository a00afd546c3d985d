package social.dunlin.federation.object;

import social.dunlin.activitypub.ApNote;
import social.dunlin.id.ObjectUri;

/**
 * Who may say what. The one rule: a server is believed about what lives at its own origin, an actor about what is its
 * own. Everything else is an id to be fetched from where it lives.
 */
public final class Authority {
    private Authority() {
    }

    /**
     * True when {@code sender}, whose word a signature or a fetch has proven, may tell of the object of this id: create
     * it, change it, delete it.
     *
     * @param sender id of an actor, or the address a document came from
     */
    public static boolean mayAssert(String sender, String objectId) {
        return ObjectUri.tryParse(sender)
            .flatMap(from -> ObjectUri.tryParse(objectId).map(from::sameOrigin))
            .orElse(false);
    }

    /** True when the actor may hand us this very post: it lives at the actor's origin and names the actor as its author. */
    public static boolean mayAssert(String actor, ApNote note) {
        return mayAssert(actor, note.id()) && actor.equals(note.attributedTo());
    }

    /** True when a fetched document may stand for a post: its author lives where the document came from. */
    public static boolean isConsistent(ApNote fetched) {
        return fetched.attributedTo() != null && mayAssert(fetched.id(), fetched.attributedTo());
    }

    /** False for what looks like a post and is none to be kept: a vote, which is for its poll alone, and a story, which ends. */
    public static boolean isKept(ApNote note) {
        return !note.isVote() && !note.type().equals("Story");
    }
}
