package social.dunlin.filter;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import social.dunlin.database.Database;
import social.dunlin.event.Event.FiltersChanged;
import social.dunlin.event.EventBus;
import social.dunlin.filter.Filter.FilteredStatus;
import social.dunlin.filter.Filter.Keyword;
import social.dunlin.filter.FilterChange.KeywordChange;
import social.dunlin.filter.FilterStore.Sizes;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.StatusStore;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** A reader's filters. What is somebody else's is not there. Numbers and lengths are bounded: every timeline asks them all. */
@ApplicationScoped
public class FilterService {
    private static final int TITLE = 256;
    private static final int KEYWORD = 512;
    private static final int FILTERS = 200;
    private static final int KEYWORDS = 500;
    /** Of all keywords together: what a post costs grows with them. */
    private static final int CHARACTERS = 20_000;
    private static final int STATUSES = 1_000;

    private final Database database;
    private final FilterStore store;
    private final Filters filters;
    private final StatusStore statuses;
    private final StatusVisibility visibility;
    private final EventBus events;

    public FilterService(Database database, FilterStore store, Filters filters, StatusStore statuses, StatusVisibility visibility, EventBus events) {
        this.database = database;
        this.store = store;
        this.filters = filters;
        this.statuses = statuses;
        this.visibility = visibility;
        this.events = events;
    }

    /** Expired ones too. */
    public List<Filter> list(long accountId) {
        return store.byAccount(accountId);
    }

    public Filter get(long accountId, long id) {
        return store.byId(accountId, id).orElseThrow(Refusal::notFound);
    }

    public Filter create(long accountId, FilterChange wanted) {
        return changing(accountId, () -> {
            long id = store.create(accountId, title(wanted.title()), contexts(wanted.contexts()), wanted.action() == null ? FilterAction.WARN : wanted.action(),
                expiry(wanted, null));
            changeKeywords(id, wanted.keywords());
            return get(accountId, id);
        });
    }

    public Filter update(long accountId, long id, FilterChange wanted) {
        return changing(accountId, () -> {
            Filter before = get(accountId, id);
            store.update(id, wanted.title() == null ? before.title() : title(wanted.title()),
                wanted.contexts() == null ? before.contexts() : contexts(wanted.contexts()),
                wanted.action() == null ? before.action() : wanted.action(), expiry(wanted, before.expiresAt()));
            changeKeywords(id, wanted.keywords());
            return get(accountId, id);
        });
    }

    public void remove(long accountId, long id) {
        changing(accountId, () -> {
            if (!store.remove(accountId, id)) {
                throw Refusal.notFound();
            }
            return null;
        });
    }

    // ---------------------------------------------------------------- keywords

    public Keyword keyword(long accountId, long id) {
        return store.keyword(accountId, id).orElseThrow(Refusal::notFound);
    }

    public Keyword addKeyword(long accountId, long filterId, KeywordChange wanted) {
        return changing(accountId, () -> {
            get(accountId, filterId);
            return keyword(accountId, store.addKeyword(filterId, word(wanted.keyword()), wanted.wholeWord() == null || wanted.wholeWord()));
        });
    }

    public Keyword updateKeyword(long accountId, long id, KeywordChange wanted) {
        return changing(accountId, () -> {
            Keyword before = keyword(accountId, id);
            store.updateKeywords(before.filterId(), List.of(id), List.of(wanted.keyword() == null ? before.keyword() : word(wanted.keyword())),
                List.of(wanted.wholeWord() == null ? before.wholeWord() : wanted.wholeWord()));
            return keyword(accountId, id);
        });
    }

    public void removeKeyword(long accountId, long id) {
        changing(accountId, () -> {
            store.removeKeywords(keyword(accountId, id).filterId(), List.of(id));
            return null;
        });
    }

    // ---------------------------------------------------------------- single posts

    public FilteredStatus status(long accountId, long id) {
        return store.status(accountId, id).orElseThrow(Refusal::notFound);
    }

    public FilteredStatus addStatus(long accountId, long filterId, long statusId) {
        return changing(accountId, () -> {
            get(accountId, filterId);
            statuses.byId(statusId).filter(status -> visibility.maySee(Viewer.of(accountId), status)).orElseThrow(Refusal::notFound);
            return store.addStatus(filterId, statusId);
        });
    }

    /** Gives what was removed. */
    public FilteredStatus removeStatus(long accountId, long id) {
        return changing(accountId, () -> {
            FilteredStatus status = status(accountId, id);
            store.removeStatus(id);
            return status;
        });
    }

    // ---------------------------------------------------------------- rules

    private <T> T changing(long accountId, Supplier<T> change) {
        return database.transaction(() -> {
            store.lock(accountId);
            T result = change.get();
            Sizes sizes = store.sizes(accountId);
            refuseAbove(sizes.filters(), FILTERS, "filters");
            refuseAbove(sizes.keywords(), KEYWORDS, "keywords");
            refuseAbove(sizes.characters(), CHARACTERS, "characters in keywords");
            refuseAbove(sizes.statuses(), STATUSES, "posts");
            // The reader's own next request may come before the event has been round.
            database.afterCommit(() -> filters.forget(accountId));
            events.publish(new FiltersChanged(accountId));
            return result;
        });
    }

    private void changeKeywords(long filterId, List<KeywordChange> changes) {
        List<Long> gone = changes.stream().filter(change -> change.id() != null && change.remove()).map(KeywordChange::id).toList();
        List<KeywordChange> changed = changes.stream().filter(change -> change.id() != null && !change.remove()).toList();
        List<KeywordChange> fresh = changes.stream().filter(change -> change.id() == null && !change.remove()).toList();
        if (!gone.isEmpty()) {
            store.removeKeywords(filterId, gone);
        }
        if (!changed.isEmpty()) {
            store.updateKeywords(filterId, changed.stream().map(KeywordChange::id).toList(),
                changed.stream().map(change -> change.keyword() == null ? null : word(change.keyword())).toList(),
                changed.stream().map(KeywordChange::wholeWord).toList());
        }
        if (!fresh.isEmpty()) {
            store.addKeywords(filterId, fresh.stream().map(change -> word(change.keyword())).toList(),
                fresh.stream().map(change -> change.wholeWord() == null || change.wholeWord()).toList());
        }
    }

    private static Instant expiry(FilterChange wanted, Instant before) {
        if (wanted.expiry() == null) {
            return before;
        }
        return wanted.expiry().in() == null ? null : Instant.now().plus(wanted.expiry().in());
    }

    private static List<FilterContext> contexts(List<FilterContext> wanted) {
        if (wanted == null || wanted.isEmpty()) {
            throw Refusal.invalid("Context none or invalid context supplied");
        }
        return wanted.stream().distinct().toList();
    }

    private static String title(String wanted) {
        return checked("Title", wanted, TITLE);
    }

    private static String word(String wanted) {
        return checked("Keyword", wanted, KEYWORD);
    }

    private static String checked(String name, String wanted, int longest) {
        if (wanted == null || wanted.isBlank()) {
            throw Refusal.invalid(name + " can't be blank");
        }
        String text = wanted.strip();
        if (text.codePointCount(0, text.length()) > longest) {
            throw Refusal.invalid("%s is too long (maximum is %d characters)".formatted(name, longest));
        }
        return text;
    }

    private static void refuseAbove(int number, int limit, String what) {
        if (number > limit) {
            throw Refusal.invalid("You have reached the maximum number of " + what);
        }
    }
}
