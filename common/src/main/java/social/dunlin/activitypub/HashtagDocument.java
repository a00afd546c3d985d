package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A hashtag that is an object of its own, as in the collection of featured ones. */
public final class HashtagDocument {
    private HashtagDocument() {
    }

    public static ObjectNode of(ApTag.Hashtag hashtag) {
        return TagDocument.tag(hashtag);
    }
}
