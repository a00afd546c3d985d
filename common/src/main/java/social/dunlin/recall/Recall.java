package social.dunlin.recall;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.NodeSize;
import social.dunlin.database.Database;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.visibility.ListVisibility;
import social.dunlin.visibility.Viewer;

/**
 * Lists of posts from what this process remembers. The database is asked for the ids of the page and, in the same
 * snapshot, for what has changed since it was asked last; only what is new or has changed is read. Nothing here is ever
 * older than that snapshot (docs/adr/0031).
 */
@Singleton
public class Recall {
    static final int CHANGES_ARE_KEPT_MINUTES = 15;
    /** So many ids more than are wanted, for those that the reader is not shown. */
    private static final int MORE = 10;
    private static final int LARGEST_PART_OF_HEAP = 20;

    private static final ListVisibility VISIBLE = new ListVisibility(true, false, false, true, false);
    private static final ListVisibility SHOWN = new ListVisibility(true, true, false, true, false);

    private final RecallStore store;
    private final Questions questions;
    private final Memory memory;

    @Inject
    public Recall(Database database, DunlinConfiguration configuration) {
        this(database, mostBytes(configuration.memory().size().orElseGet(() -> NodeSize.of(NodeSize.machineMegabytes()))));
    }

    public Recall(Database database, long mostBytes) {
        this.store = new RecallStore(database);
        this.memory = new Memory(mostBytes);
        this.questions = new Questions(database, store, memory);
    }

    private static long mostBytes(NodeSize size) {
        long kilobytes = switch (size) {
            case TINY -> 512;
            case SMALL -> 1_024;
            case MEDIUM -> 4_096;
            case LARGE -> 16_384;
        };
        return Math.min(kilobytes << 10, Runtime.getRuntime().maxMemory() / LARGEST_PART_OF_HEAP);
    }

    /** The number of ids that a query for so many posts has to give. */
    public static int ids(int limit) {
        return limit + MORE;
    }

    /**
     * A page of a list of posts, newest first.
     *
     * @param query      for {@link #ids} ids
     * @param limit      how many are wanted
     * @param otherwise  reads the page by the rule, for when it cannot be told from what is remembered
     * @param parameters of the query
     */
    public Glanced page(Viewer viewer, ListVisibility rule, PageQuery query, int limit, Supplier<Glanced> otherwise, Object... parameters) {
        return attempt(viewer, rule, query, limit, parameters).or(otherwise);
    }

    /** The same; nothing when it cannot be told. */
    public Optional<Glanced> tell(Viewer viewer, ListVisibility rule, PageQuery query, int limit, Object... parameters) {
        return attempt(viewer, rule, query, limit, parameters).page;
    }

    private Attempt attempt(Viewer viewer, ListVisibility rule, PageQuery query, int limit, Object... parameters) {
        return attempt(viewer, rule, questions.ask(query, parameters), (page, answer) -> page.of(answer.ids(), limit));
    }

    /** Those of the posts that the reader may see, in the order given. @param otherwise as above */
    public Glanced visible(Viewer viewer, Collection<Long> ids, Supplier<Glanced> otherwise) {
        return those(viewer, VISIBLE, ids, false, otherwise);
    }

    /** Those of the posts that the reader may see and has not hidden, in the order given. @param otherwise as above */
    public Glanced shown(Viewer viewer, Collection<Long> ids, Supplier<Glanced> otherwise) {
        return those(viewer, SHOWN, ids, false, otherwise);
    }

    /** Posts that were found and decided about before, in the order given; those that are gone by now are left out. @param otherwise as above */
    public Glanced decided(Viewer viewer, Collection<Long> ids, Supplier<Glanced> otherwise) {
        return those(viewer, VISIBLE, ids, true, otherwise);
    }

    private Glanced those(Viewer viewer, ListVisibility rule, Collection<Long> ids, boolean decided, Supplier<Glanced> otherwise) {
        if (ids.isEmpty()) {
            return Glanced.NOTHING;
        }
        Long[] all = ids.toArray(Long[]::new);
        return attempt(viewer, rule, questions.ask(), (page, answer) -> page.those(all, decided)).or(otherwise);
    }

    /** @param marks what is read about them by the rule from now on may be added; null for nobody's */
    private record Attempt(Optional<Glanced> page, RecalledMarks marks) {
        private static final Attempt NONE = new Attempt(Optional.empty(), null);

        private Glanced or(Supplier<Glanced> otherwise) {
            if (page.isPresent()) {
                return page.get();
            }
            Glanced read = otherwise.get();
            if (marks != null) {
                read.byId().values().forEach(glance -> marks.learn(glance.id(), glance.flags()));
            }
            return read;
        }
    }

    private Attempt attempt(Viewer viewer, ListVisibility rule, Optional<RecallStore.Answer> told,
                            BiFunction<RecalledPage, RecallStore.Answer, Optional<Glanced>> make) {
        if (told.isEmpty()) {
            return Attempt.NONE;
        }
        RecallStore.Answer answer = told.get();
        RecalledReader reader = viewer.isAnonymous() ? null : reader(viewer.idOrNull());
        RecalledMarks marks = viewer.isAnonymous() || !reader.isKnown() ? null : marks(viewer.idOrNull());
        if (!viewer.isAnonymous() && marks == null) {
            return Attempt.NONE;
        }
        return new Attempt(make.apply(new RecalledPage(memory, store, rule, reader, marks, answer.now()), answer), marks);
    }

    /** Those whom the reader follows and who are wanted, in no order; nothing when it cannot be told, or they are too many to be remembered. */
    public Optional<Long[]> followed(long readerId, Predicate<RecalledAuthor> wanted) {
        if (questions.ask().isEmpty()) {
            return Optional.empty();
        }
        RecalledReader reader = reader(readerId);
        if (!reader.isKnown() || !memory.authors.hasRoomFor(reader.follows().size())) {
            return Optional.empty();
        }
        Map<Long, RecalledAuthor> people = new HashMap<>();
        RecalledPage.findAuthors(memory, store, reader.follows().list(), people);
        return Optional.of(people.values().stream().filter(wanted).map(RecalledAuthor::id).toArray(Long[]::new));
    }

    private RecalledReader reader(long id) {
        RecalledReader known = memory.get(memory.readers, id);
        if (known != null) {
            return known;
        }
        long before = memory.round();
        RecalledReader read = store.reader(id).orElse(RecalledReader.UNKNOWN);
        memory.put(memory.readers, 'r', id, read, before);
        return read;
    }

    /** Null when they are too many. */
    private RecalledMarks marks(long reader) {
        RecalledMarks known = memory.get(memory.marks, reader);
        if (known != null) {
            return known;
        }
        long before = memory.round();
        Optional<RecalledMarks> read = store.marks(reader);
        read.ifPresent(marks -> memory.put(memory.marks, 'm', reader, marks, before));
        return read.orElse(null);
    }
}
