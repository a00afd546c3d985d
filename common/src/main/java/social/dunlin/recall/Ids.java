package social.dunlin.recall;

import java.util.Arrays;
import java.util.List;

/** A set of ids that takes eight bytes for each. */
final class Ids {
    static final Ids NONE = new Ids(new long[0]);

    private final long[] sorted;

    private Ids(long[] sorted) {
        this.sorted = sorted;
    }

    static Ids of(Long[] ids) {
        long[] sorted = new long[ids.length];
        for (int index = 0; index < ids.length; index++) {
            sorted[index] = ids[index];
        }
        Arrays.sort(sorted);
        return new Ids(sorted);
    }

    boolean contains(long id) {
        return sorted.length > 0 && Arrays.binarySearch(sorted, id) >= 0;
    }

    List<Long> list() {
        return Arrays.stream(sorted).boxed().toList();
    }

    int size() {
        return sorted.length;
    }

    /** Of a set that is not empty. */
    long smallest() {
        return sorted[0];
    }
}
