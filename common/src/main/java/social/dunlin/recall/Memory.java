package social.dunlin.recall;

import java.util.LinkedHashMap;
import java.util.function.ToIntFunction;

/**
 * What was read, until it has changed. All of it is as the database showed it in the latest {@link Snapshot} or after it:
 * each answer of the database takes away what had changed by then, and what was being read meanwhile is not kept when it
 * was among that.
 */
final class Memory {
    /** What is remembered of a kind, the longest unused first to go. */
    static final class Shelf<T> {
        private static final long USUAL_BYTES = 400;

        private final LinkedHashMap<Long, T> entries = new LinkedHashMap<>(16, 0.75f, true);
        private final ToIntFunction<T> weight;
        private final long mostBytes;
        private long bytes;

        Shelf(long mostBytes, ToIntFunction<T> weight) {
            this.mostBytes = mostBytes;
            this.weight = weight;
        }

        /** Whether so many take no more than half of it, those of the usual kind. */
        boolean hasRoomFor(int entries) {
            return entries * USUAL_BYTES <= mostBytes / 2;
        }

        private void put(long id, T entry) {
            remove(id);
            entries.put(id, entry);
            bytes += weight.applyAsInt(entry);
            while (bytes > mostBytes) {
                bytes -= weight.applyAsInt(entries.pollFirstEntry().getValue());
            }
        }

        private void remove(long id) {
            T before = entries.remove(id);
            if (before != null) {
                bytes -= weight.applyAsInt(before);
            }
        }

        private void clear() {
            entries.clear();
            bytes = 0;
        }
    }

    /** Of rows that changed it is remembered when, so that what was read before is not put afterwards. */
    private static final int MOST_CHANGES = 4_096;

    final Shelf<RecalledPost> posts;
    final Shelf<RecalledAuthor> authors;
    final Shelf<RecalledReader> readers;
    final Shelf<RecalledMarks> marks;
    private final LinkedHashMap<Change, Long> changes = new LinkedHashMap<>();
    private Snapshot snapshot;
    private long told;
    /** Counts the answers that told of changes. */
    private long round;
    /** What was read before this round may have changed since without being among the changes remembered. */
    private long forgottenUpTo;

    Memory(long mostBytes) {
        posts = new Shelf<>(mostBytes / 2, RecalledPost::weight);
        authors = new Shelf<>(mostBytes / 4, RecalledAuthor::weight);
        readers = new Shelf<>(mostBytes / 8, RecalledReader::weight);
        marks = new Shelf<>(mostBytes / 8, RecalledMarks::weight);
    }

    /** A row that has changed, by the letter of its kind (migration 0071). */
    record Change(char kind, long id) {
        static Change parse(String text) {
            return new Change(text.charAt(0), Long.parseLong(text, 1, text.length(), 10));
        }
    }

    /** Since when changes are to be told; null when nothing is remembered. @param now of {@link System#nanoTime} */
    synchronized Snapshot since(long now, long longest) {
        if (snapshot != null && now - told > longest) {
            forgetAll();
        }
        return snapshot;
    }

    /**
     * Takes away what has changed.
     *
     * @param since    the snapshot that was asked with; null for none
     * @param changed  null when more than can be told
     * @return whether what is left is as new as {@code shown}
     */
    synchronized boolean tell(Snapshot since, Snapshot shown, Iterable<Change> changed, long now) {
        if (since == null && snapshot != null) {
            return false;
        }
        if (changed == null || since != null && since.isLaterThan(shown)) {
            forgetAll();
        } else {
            changed.forEach(this::forget);
        }
        if (snapshot == null || shown.isLaterThan(snapshot)) {
            snapshot = shown;
        }
        told = now;
        return true;
    }

    private void forget(Change change) {
        switch (change.kind) {
            case 's' -> posts.remove(change.id);
            case 'a' -> authors.remove(change.id);
            case 'r' -> readers.remove(change.id);
            case 'm' -> marks.remove(change.id);
            default -> throw new IllegalArgumentException("No kind of row: " + change);
        }
        changes.remove(change);
        changes.put(change, ++round);
        if (changes.size() > MOST_CHANGES) {
            forgottenUpTo = changes.pollFirstEntry().getValue();
        }
    }

    private void forgetAll() {
        posts.clear();
        authors.clear();
        readers.clear();
        marks.clear();
        changes.clear();
        forgottenUpTo = ++round;
        snapshot = null;
    }

    /** To be asked before something is read that shall be remembered. */
    synchronized long round() {
        return round;
    }

    /** @param before the round before it was read */
    synchronized <T> void put(Shelf<T> shelf, char kind, long id, T entry, long before) {
        Long changed = changes.get(new Change(kind, id));
        if (before >= forgottenUpTo && (changed == null || changed <= before)) {
            shelf.put(id, entry);
        }
    }

    /** Null when it is not remembered. */
    synchronized <T> T get(Shelf<T> shelf, long id) {
        return shelf.entries.get(id);
    }
}
