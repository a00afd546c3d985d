package social.dunlin.federation.fetch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import social.dunlin.activitypub.ApCollection;
import social.dunlin.activitypub.ApObject;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.id.ObjectUri;

/**
 * Collections of other servers. What lives at another origin than its owner is not read: a server speaks for its own
 * collections alone. Of the members only the ids count, whatever is embedded.
 */
@ApplicationScoped
public class CollectionReader {
    private final DocumentFetcher fetcher;

    public CollectionReader(DocumentFetcher fetcher) {
        this.fetcher = fetcher;
    }

    /**
     * What a collection said.
     *
     * @param totalItems null when not told
     * @param ids        each once, in order
     * @param whole      false when there were more, or pages that could not be had
     */
    public record Members(Long totalItems, List<String> ids, boolean whole) {
        static final Members NONE = new Members(null, List.of(), false);
    }

    /**
     * Reads page after page within the bounds.
     *
     * @param reference where a document of the owner's origin names or embeds the collection; null gives nothing
     * @param owner     whose collection it is
     */
    public Members read(ApReference reference, ObjectUri owner, int maximumMembers, int maximumPages, FetchBudget budget) {
        Optional<ApCollection> collection = collection(reference, owner, true, budget);
        if (collection.isEmpty()) {
            return Members.NONE;
        }
        Set<String> ids = new LinkedHashSet<>();
        add(collection.get(), ids, maximumMembers);
        Set<String> seen = new HashSet<>();
        ApReference next = collection.get().first() != null ? collection.get().first() : page(collection.get().next());
        int pages = 0;
        while (next != null && pages < maximumPages && ids.size() < maximumMembers && (next.id() == null || seen.add(next.id()))) {
            Optional<ApCollection> page = collection(next, owner, false, budget);
            if (page.isEmpty()) {
                return new Members(collection.get().totalItems(), List.copyOf(ids), false);
            }
            add(page.get(), ids, maximumMembers);
            next = page(page.get().next());
            pages++;
        }
        return new Members(collection.get().totalItems(), List.copyOf(ids), next == null && ids.size() < maximumMembers);
    }

    /** The number a collection tells, its pages unread. */
    public Optional<Long> total(ApReference reference, ObjectUri owner, FetchBudget budget) {
        if (reference != null && reference.embedded() != null && reference.embedded().number("totalItems") != null) {
            return Optional.of(reference.embedded().number("totalItems"));
        }
        ApReference byId = reference == null || reference.id() == null ? null : new ApReference(reference.id(), null);
        return collection(byId, owner, true, budget).map(ApCollection::totalItems);
    }

    /** @param fetchWhenBare an embedded collection that holds nothing is only its address */
    private Optional<ApCollection> collection(ApReference reference, ObjectUri owner, boolean fetchWhenBare, FetchBudget budget) {
        if (reference == null) {
            return Optional.empty();
        }
        if (reference.embedded() != null && (!fetchWhenBare || reference.id() == null || holdsSomething(reference.embedded()))) {
            return Optional.of(Vocabulary.collection(reference.embedded()));
        }
        return ObjectUri.tryParse(reference.id()).filter(owner::sameOrigin).flatMap(uri -> fetch(uri, owner, budget));
    }

    private static boolean holdsSomething(ApObject collection) {
        return collection.has("first") || collection.has("items") || collection.has("orderedItems");
    }

    private Optional<ApCollection> fetch(ObjectUri uri, ObjectUri owner, FetchBudget budget) {
        return fetcher.raw(uri, budget) instanceof Fetched.Document document && document.uri().sameOrigin(owner)
            && Vocabulary.read(document.object()) instanceof ApCollection collection ? Optional.of(collection) : Optional.empty();
    }

    private static ApReference page(String id) {
        return id == null ? null : new ApReference(id, null);
    }

    /** Of an activity (FEP-f228's history of a context) its object counts. */
    private static void add(ApCollection page, Set<String> ids, int maximum) {
        List<String> found = new ArrayList<>();
        page.items().forEach(item -> {
            boolean activity = item.embedded() != null && item.embedded().has("actor") && item.embedded().has("object");
            String id = activity ? item.embedded().id("object") : item.id();
            if (id != null) {
                found.add(id);
            }
        });
        found.stream().limit(Math.max(0, maximum - ids.size())).forEach(ids::add);
    }
}
