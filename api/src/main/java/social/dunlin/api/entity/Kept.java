package social.dunlin.api.entity;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * What was written out and may be wanted again, up to a number of bytes; what nobody asked for the longest goes first. Kept
 * apart for every served domain, for they name people differently.
 */
final class Kept<T> {
    private final long mostBytes;
    private final ToIntFunction<T> weight;
    private final LinkedHashMap<Key, T> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    /** Grows when something was dropped on purpose: what was being written meanwhile is not kept. */
    private long generation;

    /** @param weight in bytes */
    Kept(long mostBytes, ToIntFunction<T> weight) {
        this.mostBytes = mostBytes;
        this.weight = weight;
    }

    private record Key(long id, long domainId) {
    }

    /**
     * Those that are there and hold, by id.
     *
     * @param holds   whether an entry is what is wanted now
     * @param missing receives the ids of all others
     */
    synchronized Map<Long, T> of(Collection<Long> ids, long domainId, BiPredicate<Long, T> holds, Collection<Long> missing) {
        Map<Long, T> found = HashMap.newHashMap(ids.size());
        for (Long id : ids) {
            T entry = entries.get(new Key(id, domainId));
            if (entry != null && holds.test(id, entry)) {
                found.put(id, entry);
            } else {
                missing.add(id);
            }
        }
        return found;
    }

    synchronized long generation() {
        return generation;
    }

    /** @param since the generation before anything was read for it */
    synchronized void put(long id, long domainId, T entry, long since) {
        if (since != generation || weight.applyAsInt(entry) > mostBytes / 8) {
            return;
        }
        T before = entries.put(new Key(id, domainId), entry);
        bytes += weight.applyAsInt(entry) - (before == null ? 0 : weight.applyAsInt(before));
        while (bytes > mostBytes) {
            T eldest = entries.pollFirstEntry().getValue();
            bytes -= weight.applyAsInt(eldest);
        }
    }

    /** They hold no longer, whatever their version says. */
    synchronized void drop(Predicate<T> condition) {
        generation++;
        forget(condition);
    }

    /** Nobody will ask for them again. */
    synchronized void forget(Predicate<T> condition) {
        entries.values().removeIf(entry -> {
            boolean dropped = condition.test(entry);
            if (dropped) {
                bytes -= weight.applyAsInt(entry);
            }
            return dropped;
        });
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized long bytes() {
        return bytes;
    }
}
