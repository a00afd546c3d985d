package social.dunlin.activitypub;

import java.time.Instant;

/** What {@code tag} holds. */
public sealed interface ApTag {
    /** @param href the actor's id (some send the profile page); null when only a name is given */
    record Mention(String href, String name) implements ApTag {
    }

    /** @param name without its sign, as written */
    record Hashtag(String href, String name) implements ApTag {
    }

    /** @param code without colons */
    record Emoji(String id, String code, String url, String mediaType, Instant updated) implements ApTag {
    }

    /** An object link (FEP-e232); {@code mediaType} and {@code rel} may be null. */
    record Link(String href, String mediaType, String rel, String name) implements ApTag {
    }
}
