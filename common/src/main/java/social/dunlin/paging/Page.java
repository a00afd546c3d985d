package social.dunlin.paging;

/**
 * Which part of a list is wanted (reference: behaviours §2). {@code maxId}: strictly older. {@code sinceId}:
 * strictly newer, the newest page. {@code minId}: strictly newer, the page that touches the id; it wins
 * over {@code sinceId}. Results are newest first in every case.
 */
public record Page(Long maxId, Long sinceId, Long minId, int limit) {
    public static Page first(int limit) {
        return new Page(null, null, null, limit);
    }

    /** True when the page is taken upward from {@code minId}: the query sorts ascending and its result is reversed. */
    public boolean ascending() {
        return minId != null;
    }

    /** Exclusive upper bound for a query, never null. */
    public long before() {
        return maxId == null ? Long.MAX_VALUE : maxId;
    }

    /** Exclusive lower bound for a query, never null. */
    public long after() {
        return minId != null ? minId : sinceId != null ? sinceId : 0;
    }

    /** {@code asc} or {@code desc}: a constant, safe to be put into SQL. */
    public String direction() {
        return ascending() ? "asc" : "desc";
    }
}
