package social.dunlin.api.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import social.dunlin.filter.FilterableText;
import social.dunlin.filter.ReaderFilters;

/**
 * Which filters of a reader a post matches, for every way by which posts come to somebody: pages and streams. A boost is
 * filtered as the post inside (behaviours §17).
 */
public final class FilterResults {
    private FilterResults() {
    }

    static List<FilterResultEntity> of(ReaderFilters filters, StatusEntity status) {
        if (filters.isEmpty()) {
            return List.of();
        }
        StatusEntity original = status.reblog() == null ? status : status.reblog();
        long id = Long.parseLong(status.id());
        return of(filters, original == status ? Set.of(id) : Set.of(id, Long.parseLong(original.id())),
            () -> FilterableText.of(original.content(), otherWords(original)));
    }

    /**
     * @param ids  of the post, for a boost also of the one inside
     * @param text all words that filters look at
     */
    public static List<FilterResultEntity> of(ReaderFilters filters, Set<Long> ids, Supplier<FilterableText> text) {
        return filters.matches(ids, text).stream().map(FilterResultEntity::of).toList();
    }

    /** Those that do not stand in the content. */
    static List<String> otherWords(StatusEntity status) {
        List<String> others = new ArrayList<>();
        others.add(status.spoilerText());
        if (status.poll() != null) {
            status.poll().options().forEach(option -> others.add(option.title()));
        }
        status.mediaAttachments().forEach(attachment -> others.add(attachment.description()));
        return others;
    }
}
