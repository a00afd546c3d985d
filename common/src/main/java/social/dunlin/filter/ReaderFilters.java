package social.dunlin.filter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The filters of one reader, ready to be asked about posts. Keywords are literals: a look costs what searching a text costs. */
public final class ReaderFilters {
    public static final ReaderFilters NONE = new ReaderFilters(List.of());

    private final List<Compiled> filters;

    ReaderFilters(List<Filter> filters) {
        this.filters = filters.stream().map(Compiled::of).toList();
    }

    private record Word(String shown, String folded, boolean whole) {
    }

    private record Compiled(Filter filter, List<Word> words, Set<Long> statusIds) {
        static Compiled of(Filter filter) {
            Set<Long> statusIds = new LinkedHashSet<>();
            filter.statuses().forEach(status -> statusIds.add(status.statusId()));
            return new Compiled(filter, filter.keywords().stream()
                .map(keyword -> new Word(keyword.keyword(), FilterableText.fold(keyword.keyword()), keyword.wholeWord()))
                .filter(word -> !word.folded.isEmpty()).toList(), statusIds);
        }
    }

    public boolean isEmpty() {
        return filters.isEmpty();
    }

    /**
     * The filters in force that a post matches, whatever their contexts.
     *
     * @param ids  of the post, for a boost also of the one inside
     * @param text of the post, for a boost of the one inside; asked for only when there are keywords
     */
    public List<FilterMatch> matches(Set<Long> ids, Supplier<FilterableText> text) {
        List<FilterMatch> matches = new ArrayList<>();
        Instant now = Instant.now();
        FilterableText read = null;
        for (Compiled compiled : filters) {
            if (compiled.filter.isExpired(now)) {
                continue;
            }
            if (read == null && !compiled.words.isEmpty()) {
                read = text.get();
            }
            FilterableText searched = read;
            Optional<String> keyword = compiled.words.stream().filter(word -> searched.has(word.folded, word.whole)).map(Word::shown).findFirst();
            Set<Long> single = new LinkedHashSet<>(compiled.statusIds);
            single.retainAll(ids);
            if (keyword.isPresent() || !single.isEmpty()) {
                matches.add(new FilterMatch(compiled.filter, keyword, single));
            }
        }
        return matches;
    }
}
