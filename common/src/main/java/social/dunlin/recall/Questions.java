package social.dunlin.recall;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import social.dunlin.database.Database;
import social.dunlin.database.Gathering;
import social.dunlin.recall.RecallStore.Answer;

/**
 * What is asked of the database about pages, and what its answers tell the memory. Those who ask for pages of the same list, or
 * for nothing but what has changed, while others wait for such an answer share the next one (docs/adr/0036).
 */
final class Questions {
    private static final int MOST_PAGES = 32;
    private static final int MOST_LISTS = 256;
    private static final int MOST_WITHOUT_IDS = 1_024;
    /** Who has not asked for so long may have missed changes; much less than they are kept. */
    private static final long LONGEST_UNTOLD = Duration.ofMinutes(5).toNanos();

    private final Database database;
    private final RecallStore store;
    private final Memory memory;
    /** By list. */
    private final Map<PageQuery, Gathering<Object[], Optional<Answer>>> gatherings = new ConcurrentHashMap<>();
    private final Gathering<Boolean, Optional<Answer>> withoutIds;

    Questions(Database database, RecallStore store, Memory memory) {
        this.database = database;
        this.store = store;
        this.memory = memory;
        this.withoutIds = Gathering.ofReads(MOST_WITHOUT_IDS, asked -> Collections.nCopies(asked.size(), told(store::ask)));
    }

    /** What the database answers, when all that is remembered is as new as that; without ids. */
    Optional<Answer> ask() {
        return isAnswered() ? withoutIds.join(true).orElseGet(() -> told(store::ask)) : Optional.empty();
    }

    /** The same of a page. */
    Optional<Answer> ask(PageQuery query, Object[] parameters) {
        if (!isAnswered()) {
            return Optional.empty();
        }
        if (!query.isOfMany()) {
            return told(since -> store.ask(query.sql(), since, parameters));
        }
        return gathering(query).flatMap(gathering -> gathering.join(parameters)).orElseGet(() -> pages(query, Collections.singletonList(parameters)).getFirst());
    }

    /** Nothing when there are too many already. */
    private Optional<Gathering<Object[], Optional<Answer>>> gathering(PageQuery query) {
        Gathering<Object[], Optional<Answer>> known = gatherings.get(query);
        return known != null || gatherings.size() >= MOST_LISTS ? Optional.ofNullable(known)
            : Optional.of(gatherings.computeIfAbsent(query, list -> Gathering.ofReads(MOST_PAGES, asked -> pages(list, asked))));
    }

    /** Who is in a transaction sees what nobody else sees yet. */
    private boolean isAnswered() {
        return !database.inTransaction();
    }

    private List<Optional<Answer>> pages(PageQuery query, List<Object[]> asked) {
        Snapshot since = since();
        List<Answer> answers = store.ask(query, since, asked);
        return tell(since, answers.getFirst()) ? answers.stream().map(Optional::of).toList() : Collections.nCopies(asked.size(), Optional.empty());
    }

    private Optional<Answer> told(Function<Snapshot, Answer> ask) {
        Snapshot since = since();
        Answer answer = ask.apply(since);
        return tell(since, answer) ? Optional.of(answer) : Optional.empty();
    }

    private Snapshot since() {
        return memory.since(System.nanoTime(), LONGEST_UNTOLD);
    }

    private boolean tell(Snapshot since, Answer answer) {
        return memory.tell(since, answer.shown(), answer.changed(), System.nanoTime());
    }
}
