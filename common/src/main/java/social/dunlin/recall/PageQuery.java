package social.dunlin.recall;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statement of a query of a list's ids, which also tells what has changed. The query's parameters are the reader's id, two
 * bounds, the limit and others.
 */
public final class PageQuery {
    /** Of the parameters; it stands in the query as a number, so that the planner knows it. */
    private static final int LIMIT = 3;
    private static final String BIGINT = "bigint";
    private static final String TEXT = "text";
    /** Of the reader, the bounds and the limit. */
    private static final List<String> TYPES = List.of(BIGINT, BIGINT, BIGINT, "int");

    private final String sql;
    private final List<String> types;

    private PageQuery(String sql, List<String> types) {
        this.sql = sql;
        this.types = types;
    }

    /**
     * Of one page.
     *
     * @param ids        the query, with {@link Recall#ids} for its limit; asks nothing about the reader's rights
     * @param parameters how many it has
     */
    public static PageQuery ofOne(String ids, int parameters) {
        return new PageQuery(RecallStore.sql(ids, parameters), List.of());
    }

    /**
     * Of the pages of all who ask at the same time. For queries that never take long: who asks for one waits for the others.
     *
     * @param ids   as above; written with {@code $1 …}, which become columns
     * @param types of the parameters after the limit: {@code bigint} or {@code text}
     */
    public static PageQuery ofMany(String ids, List<String> types) {
        List<String> all = Stream.concat(TYPES.stream(), types.stream()).toList();
        List<Integer> places = IntStream.range(0, all.size()).filter(place -> place != LIMIT).boxed().toList();
        // Hidden from the planner, which would make a plan for each number of pages (docs/adr/0030).
        String arrays = IntStream.range(0, places.size()).mapToObj(index -> "(select $%d::%s[])".formatted(index + 1, all.get(places.get(index))))
            .collect(Collectors.joining(", "));
        String columns = places.stream().map(place -> "parameter_" + (place + 1)).collect(Collectors.joining(", "));
        return new PageQuery(RecallStore.sqlOfMany(ids.replaceAll("\\$(\\d+)(::\\w+)?", "asked.parameter_$1"), arrays, columns, places.size()), all);
    }

    String sql() {
        return sql;
    }

    boolean isOfMany() {
        return !types.isEmpty();
    }

    /** @param asked the parameters of each page */
    Object[] arrays(List<Object[]> asked) {
        Object[] arrays = new Object[types.size() - 1];
        for (int place = 0; place < types.size(); place++) {
            if (place != LIMIT) {
                Object[] array = types.get(place).equals(TEXT) ? new String[asked.size()] : new Long[asked.size()];
                for (int index = 0; index < array.length; index++) {
                    array[index] = asked.get(index)[place];
                }
                arrays[place < LIMIT ? place : place - 1] = array;
            }
        }
        return arrays;
    }
}
