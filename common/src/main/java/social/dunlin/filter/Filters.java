package social.dunlin.filter;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.dunlin.event.Event.FiltersChanged;
import social.dunlin.event.EventBus;

/**
 * Every reader's filters, kept in memory while they are the same, so that a timeline costs no statement for them. The
 * event of a change empties a reader's place in every process; when events may have been lost, all places.
 */
@Singleton
public class Filters {
    private static final int KEPT = 1_000;

    private final FilterStore store;
    private final EventBus events;
    private final Map<Long, ReaderFilters> kept = new LinkedHashMap<>(16, 0.75f, true);
    /** Grows with every change: what was read before one is not kept after it. */
    private long generation;
    private boolean listening;

    public Filters(FilterStore store, EventBus events) {
        this.store = store;
        this.events = events;
    }

    public ReaderFilters of(long accountId) {
        return ofAll(Set.of(accountId)).getOrDefault(accountId, ReaderFilters.NONE);
    }

    /** Those of many readers, who have any; the statements are the same however many are not known yet. */
    public Map<Long, ReaderFilters> ofAll(Set<Long> accountIds) {
        listen();
        Map<Long, ReaderFilters> found = new HashMap<>();
        Set<Long> unknown = new HashSet<>();
        long before;
        synchronized (kept) {
            accountIds.forEach(id -> {
                ReaderFilters known = kept.get(id);
                if (known == null) {
                    unknown.add(id);
                } else if (!known.isEmpty()) {
                    found.put(id, known);
                }
            });
            before = generation;
        }
        if (unknown.isEmpty()) {
            return found;
        }
        Map<Long, List<Filter>> read = store.byAccounts(unknown);
        read.forEach((id, filters) -> found.put(id, new ReaderFilters(filters)));
        synchronized (kept) {
            if (before == generation) {
                unknown.forEach(id -> kept.put(id, found.getOrDefault(id, ReaderFilters.NONE)));
                while (kept.size() > KEPT) {
                    kept.remove(kept.keySet().iterator().next());
                }
            }
        }
        return found;
    }

    /** With the first reader, so that a process which shows nothing to anybody does not listen. */
    private void listen() {
        synchronized (kept) {
            if (listening) {
                return;
            }
            listening = true;
        }
        events.subscribe(FiltersChanged.class, event -> forget(event.accountId()), this::forgetAll);
        forgetAll();
    }

    void forget(long accountId) {
        synchronized (kept) {
            generation++;
            kept.remove(accountId);
        }
    }

    private void forgetAll() {
        synchronized (kept) {
            generation++;
            kept.clear();
        }
    }
}
