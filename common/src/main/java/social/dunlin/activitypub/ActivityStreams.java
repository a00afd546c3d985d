package social.dunlin.activitypub;

import java.util.List;
import java.util.Set;

/** Names and addresses of the vocabulary. */
public final class ActivityStreams {
    public static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";
    public static final String MEDIA_TYPE = "application/activity+json";

    static final Set<String> ACTORS = Set.of("Person", "Service", "Group", "Organization", "Application");
    static final Set<String> ACTIVITIES = Set.of("Accept", "Add", "Announce", "Arrive", "Block", "Create", "Delete",
            "Dislike", "EmojiReact", "EmojiReaction", "Flag", "Follow", "Ignore", "Invite", "Join", "Leave", "Like",
            "Listen", "Lock", "Move", "Offer", "Read", "Reject", "Remove", "Resolve", "TentativeAccept",
            "TentativeReject", "Travel", "Undo", "Update", "View", "Warn", "QuoteRequest", "LikeRequest",
            "ReplyRequest", "AnnounceRequest", "FeatureRequest", "ApproveReply", "RejectReply", "Activity");
    static final Set<String> COLLECTIONS = Set.of("Collection", "OrderedCollection", "CollectionPage",
            "OrderedCollectionPage");
    static final Set<String> POSTS = Set.of("Note", "Question", "Article", "Page", "Image", "Video", "Audio", "Event",
            "Document", "ChatMessage", "Review", "Comment", "Quotation", "Story");

    /** Prefixes and namespaces whose names mean the same as the bare name. */
    private static final List<String> PREFIXES = List.of("as:", "toot:", "litepub:", "misskey:", "sec:", "ldp:",
            "schema:", "ostatus:", "fedibird:", "lemmy:", "pt:", "gts:", "https://www.w3.org/ns/activitystreams#",
            "http://www.w3.org/ns/activitystreams#", "http://joinmastodon.org/ns#", "https://joinmastodon.org/ns#",
            "http://litepub.social/ns#", "https://misskey-hub.net/ns#", "https://misskey.io/ns#",
            "https://w3id.org/security#", "http://www.w3.org/ns/ldp#", "http://schema.org#", "https://schema.org#",
            "http://schema.org/", "https://schema.org/", "http://ostatus.org#", "http://fedibird.com/ns#",
            "https://join-lemmy.org/ns#", "https://joinpeertube.org/ns#", "https://gotosocial.org/ns#",
            "https://w3id.org/fep/044f#", "https://w3id.org/fep/5feb#", "https://w3id.org/fep/2c59#",
            "https://purl.archive.org/socialweb/webfinger#");

    private ActivityStreams() {
    }

    /** Whether an address means everyone, in any of its three spellings. */
    public static boolean isPublic(String address) {
        return PUBLIC.equals(address) || "as:Public".equals(address) || "Public".equals(address);
    }

    /** The bare name of a property or type: {@code toot:featured} becomes {@code featured}. */
    static String bareName(String name) {
        if (name.startsWith("@")) {
            return switch (name) {
                case "@id" -> "id";
                case "@type" -> "type";
                default -> name;
            };
        }
        if (name.indexOf(':') > 0) {
            for (String prefix : PREFIXES) {
                if (name.startsWith(prefix) && name.length() > prefix.length()) {
                    return name.substring(prefix.length());
                }
            }
        }
        return name;
    }
}
