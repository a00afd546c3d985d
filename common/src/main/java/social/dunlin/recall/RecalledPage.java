package social.dunlin.recall;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import social.dunlin.status.StatusDetails.Flags;
import social.dunlin.status.StatusGlance;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.status.StatusGlances.Listed;
import social.dunlin.visibility.ListVisibility;
import social.dunlin.visibility.QuoteVisibility.Standing;
import social.dunlin.visibility.RecalledVisibility;
import social.dunlin.visibility.RecalledVisibility.Answer;
import social.dunlin.visibility.RecalledVisibility.Part;

/** One page in the making: which of the ids the reader is shown, and a glance at each of those posts. */
final class RecalledPage {
    private static final Standing STRANGER = new Standing(false, false);

    private final Memory memory;
    private final RecallStore store;
    private final RecalledReader reader;
    private final RecalledMarks marks;
    private final RecalledVisibility visibility;
    private final Map<Long, RecalledPost> posts = new HashMap<>();
    private final Map<Long, RecalledAuthor> authors = new HashMap<>();

    /** @param reader null when nobody is known to read; so are their marks */
    RecalledPage(Memory memory, RecallStore store, ListVisibility rule, RecalledReader reader, RecalledMarks marks, Instant now) {
        this.memory = memory;
        this.store = store;
        this.reader = reader;
        this.marks = marks;
        this.visibility = new RecalledVisibility(rule, reader, now);
    }

    /**
     * @param ids in the order of the list, {@link Recall#ids} of them if there are as many
     * @return nothing when it could not be told about some post, or when too many are not shown
     */
    Optional<Glanced> of(Long[] ids, int limit) {
        List<Listed> listed = new ArrayList<>(limit);
        Map<Long, StatusGlance> byId = HashMap.newHashMap(limit * 2);
        for (int index = 0; index < ids.length && listed.size() < limit; index++) {
            if (index % limit == 0) {
                find(ids, index, Math.min(ids.length, index + limit));
            }
            RecalledPost post = posts.get(ids[index]);
            Part whole = part(post);
            Part boosted = post.isBoost() ? part(posts.get(post.reblogOfId())) : null;
            switch (visibility.decide(whole, boosted)) {
                case UNSURE -> {
                    return Optional.empty();
                }
                case HIDDEN -> { }
                case SHOWN -> {
                    if (!glance(whole, byId) || boosted != null && !glance(boosted, byId)) {
                        return Optional.empty();
                    }
                    listed.add(new Listed(post.id(), post.id()));
                }
            }
        }
        if (listed.size() < limit && ids.length >= Recall.ids(limit)) {
            return Optional.empty();
        }
        listed.sort(Comparator.comparingLong(Listed::cursor).reversed());
        return Optional.of(new Glanced(listed, byId));
    }

    /**
     * @param decided whether the reader was let to see them before
     * @return those of these posts that are there for the reader, in their order; nothing as above
     */
    Optional<Glanced> those(Long[] ids, boolean decided) {
        List<Listed> listed = new ArrayList<>(ids.length);
        Map<Long, StatusGlance> byId = HashMap.newHashMap(ids.length * 2);
        find(ids, 0, ids.length);
        for (Long id : ids) {
            RecalledPost post = posts.get(id);
            Part whole = part(post);
            Part boosted = post.isBoost() ? part(posts.get(post.reblogOfId())) : null;
            Answer answer = decided ? isThere(whole, boosted) : visibility.decide(whole, boosted);
            if (answer == Answer.UNSURE || answer == Answer.SHOWN && (!glance(whole, byId) || boosted != null && !glance(boosted, byId))) {
                return Optional.empty();
            }
            if (answer == Answer.SHOWN) {
                listed.add(new Listed(id, id));
            }
        }
        return Optional.of(new Glanced(listed, byId));
    }

    private static Answer isThere(Part whole, Part boosted) {
        if (whole.post().isGone()) {
            return Answer.HIDDEN;
        }
        boolean known = whole.author() != null && (!whole.post().isBoost() || boosted != null && boosted.author() != null);
        return known ? Answer.SHOWN : Answer.UNSURE;
    }

    private Part part(RecalledPost post) {
        return post == null ? null : new Part(post, authors.get(post.accountId()));
    }

    /** @return false when it is not known what the reader did to the post */
    private boolean glance(Part part, Map<Long, StatusGlance> byId) {
        RecalledPost post = part.post();
        RecalledAuthor author = part.author();
        Flags flags = null;
        Standing standing = null;
        if (reader != null) {
            Optional<Flags> known = marks.of(post);
            if (known.isEmpty()) {
                return false;
            }
            flags = known.get();
            boolean follows = post.quotableByFollowers() && reader.follows(author.id());
            boolean blocks = reader.blocks(author.id());
            standing = follows || blocks ? new Standing(follows, blocks) : STRANGER;
        }
        byId.put(post.id(), new StatusGlance(post.id(), post.accountId(), post.isBoost() ? OptionalLong.of(post.reblogOfId()) : OptionalLong.empty(),
            post.version(), author.version(), post.repliesCount(), post.reblogsCount(), post.favouritesCount(), post.quotesCount(), author.counts(), flags, standing));
        return true;
    }

    /** All that these posts need: at most one statement for posts and one for authors. */
    private void find(Long[] ids, int from, int to) {
        long before = memory.round();
        Set<Long> missing = new HashSet<>();
        for (int index = from; index < to; index++) {
            RecalledPost post = recalledPost(ids[index]);
            if (post == null || post.isBoost() && recalledPost(post.reblogOfId()) == null) {
                missing.add(ids[index]);
            }
        }
        if (!missing.isEmpty()) {
            Map<Long, RecalledPost> read = store.posts(missing);
            read.forEach((id, post) -> memory.put(memory.posts, 's', id, post, before));
            // Not remembered: that a post comes to be is no change that one would be told of.
            missing.forEach(id -> read.computeIfAbsent(id, RecalledPost::gone));
            posts.putAll(read);
        }
        findAuthors(posts.values());
    }

    private RecalledPost recalledPost(long id) {
        RecalledPost post = posts.get(id);
        if (post == null) {
            post = memory.get(memory.posts, id);
            if (post != null) {
                posts.put(id, post);
            }
        }
        return post;
    }

    private void findAuthors(Collection<RecalledPost> of) {
        Set<Long> wanted = new HashSet<>();
        for (RecalledPost post : of) {
            if (!post.isGone() && !authors.containsKey(post.accountId())) {
                wanted.add(post.accountId());
            }
        }
        findAuthors(memory, store, wanted, authors);
    }

    /** At most one statement. @param found gets them; not those that are gone */
    static void findAuthors(Memory memory, RecallStore store, Iterable<Long> ids, Map<Long, RecalledAuthor> found) {
        long before = memory.round();
        Set<Long> missing = new HashSet<>();
        for (Long id : ids) {
            RecalledAuthor author = memory.get(memory.authors, id);
            if (author == null) {
                missing.add(id);
            } else {
                found.put(id, author);
            }
        }
        if (!missing.isEmpty()) {
            Map<Long, RecalledAuthor> read = store.authors(missing);
            read.forEach((id, author) -> memory.put(memory.authors, 'a', id, author, before));
            found.putAll(read);
        }
    }
}
