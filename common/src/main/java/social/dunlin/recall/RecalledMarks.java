package social.dunlin.recall;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import social.dunlin.status.StatusDetails.Flags;

/** What a reader did to posts: the latest of each kind, and what was asked about single older posts. */
final class RecalledMarks {
    /** Posts older than the ones remembered, about which the whole rule was asked. */
    private static final int MOST_OLDER = 500;

    private final long reader;
    private final Ids favourites;
    private final Ids bookmarks;
    private final Ids boosts;
    private final Ids mutedConversations;
    private final Ids pins;
    private final long knownFrom;
    private final Map<Long, Flags> older = new ConcurrentHashMap<>();

    /** @param knownFrom of posts with this id and above all marks are there */
    RecalledMarks(long reader, Ids favourites, Ids bookmarks, Ids boosts, Ids mutedConversations, Ids pins, long knownFrom) {
        this.reader = reader;
        this.favourites = favourites;
        this.bookmarks = bookmarks;
        this.boosts = boosts;
        this.mutedConversations = mutedConversations;
        this.pins = pins;
        this.knownFrom = knownFrom;
    }

    /** Nothing when it is not known. */
    Optional<Flags> of(RecalledPost post) {
        if (post.id() < knownFrom) {
            return Optional.ofNullable(older.get(post.id()));
        }
        boolean favourited = favourites.contains(post.id());
        boolean boosted = boosts.contains(post.id());
        boolean bookmarked = bookmarks.contains(post.id());
        boolean muted = mutedConversations.contains(post.conversationId());
        boolean pinned = post.accountId() == reader && pins.contains(post.id());
        return Optional.of(favourited || boosted || bookmarked || muted || pinned ? new Flags(favourited, boosted, bookmarked, muted, pinned) : Flags.NONE);
    }

    void learn(long postId, Flags flags) {
        if (postId < knownFrom && older.size() < MOST_OLDER) {
            older.put(postId, flags);
        }
    }

    int weight() {
        return 300 + 8 * (favourites.size() + bookmarks.size() + boosts.size() + mutedConversations.size() + pins.size());
    }
}
