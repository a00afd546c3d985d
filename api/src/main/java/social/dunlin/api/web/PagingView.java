package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import social.dunlin.paging.Page;

/**
 * Where the pages around this one are; null = there is none.
 *
 * @param newest the list from its start, when this page is not it
 */
@TemplateData
public record PagingView(String newest, String newer, String older) {
    public boolean isAny() {
        return newest != null || newer != null || older != null;
    }

    /** A page of a list and the way on. */
    record Slice<T>(List<T> items, PagingView paging) {
    }

    /** What to ask the store for: one more than is shown tells whether there are more. */
    static Page probe(Page page) {
        return new Page(page.maxId(), page.sinceId(), page.minId(), page.limit() + 1);
    }

    /**
     * Cuts what {@link #probe} found to the page.
     *
     * @param found newest first
     * @param path  the list's own path
     */
    static <T> Slice<T> cut(List<T> found, Page page, String path, ToLongFunction<T> id) {
        boolean more = found.size() > page.limit();
        List<T> items = new ArrayList<>(found);
        if (more) {
            items.remove(page.ascending() ? 0 : items.size() - 1);
        }
        boolean first = page.maxId() == null && !(page.ascending() && more);
        boolean last = !page.ascending() && !more;
        if (items.isEmpty()) {
            return new Slice<>(List.of(), new PagingView(page.maxId() == null && page.minId() == null ? null : path, null, null));
        }
        return new Slice<>(items, new PagingView(
            first ? null : path,
            first ? null : path + "?min_id=" + id.applyAsLong(items.getFirst()),
            last ? null : path + "?max_id=" + id.applyAsLong(items.getLast())));
    }
}
