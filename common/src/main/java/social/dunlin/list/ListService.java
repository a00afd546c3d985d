package social.dunlin.list;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.paging.Page;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.HomeBackfill;
import social.dunlin.relationship.Related;
import social.dunlin.timeline.Listing;

/**
 * A reader's lists; what is somebody else's is not there. A member of an exclusive list leaves the reader's home at once
 * and comes back when the last such list lets go of them.
 */
@ApplicationScoped
public class ListService {
    /** In characters. */
    public static final int MAXIMUM_TITLE = 256;
    private static final int LISTS = 100;
    /** A timeline looks at the newest posts of each. */
    private static final int MEMBERS = 500;

    private final Database database;
    private final ListStore store;
    private final AccountStore accounts;
    private final HomeBackfill home;

    public ListService(Database database, ListStore store, AccountStore accounts, HomeBackfill home) {
        this.database = database;
        this.store = store;
        this.accounts = accounts;
        this.home = home;
    }

    public List<PeopleList> list(long accountId) {
        return store.byAccount(accountId);
    }

    public PeopleList get(long accountId, long id) {
        return store.byId(accountId, id).orElseThrow(Refusal::notFound);
    }

    /** The reader's lists that an account stands in. */
    public List<PeopleList> containing(long accountId, long memberId) {
        return store.containing(accountId, memberId);
    }

    /** @param title null members of a change stay as they are; of a new list they are the defaults, but for the title */
    public record Change(String title, RepliesPolicy repliesPolicy, Boolean exclusive) {
    }

    public PeopleList create(long accountId, Change wanted) {
        String title = title(wanted.title);
        return database.transaction(() -> {
            if (store.lockedCount(accountId) >= LISTS) {
                throw Refusal.invalid("You have reached the maximum number of lists");
            }
            return store.create(accountId, title, wanted.repliesPolicy == null ? RepliesPolicy.LIST : wanted.repliesPolicy,
                Boolean.TRUE.equals(wanted.exclusive));
        });
    }

    public PeopleList update(long accountId, long id, Change wanted) {
        return database.transaction(() -> {
            PeopleList before = get(accountId, id);
            PeopleList after = store.update(id, wanted.title == null ? before.title() : title(wanted.title),
                wanted.repliesPolicy == null ? before.repliesPolicy() : wanted.repliesPolicy,
                wanted.exclusive == null ? before.exclusive() : wanted.exclusive);
            if (before.exclusive() != after.exclusive()) {
                moveHome(after, store.memberIds(id), after.exclusive());
            }
            return after;
        });
    }

    public void remove(long accountId, long id) {
        database.transaction(() -> {
            PeopleList list = get(accountId, id);
            List<Long> members = list.exclusive() ? store.memberIds(id) : List.of();
            store.remove(id);
            moveHome(list, members, false);
        });
    }

    // ---------------------------------------------------------------- members

    /** By the id of the membership, newest first. */
    public List<Related> members(long accountId, long id, Page page) {
        get(accountId, id);
        return store.members(id, page);
    }

    /** The reader's list of that title; made when there is none. */
    public PeopleList titled(long accountId, String title) {
        return database.transaction(() -> {
            store.lockedCount(accountId);
            return store.byAccount(accountId).stream().filter(list -> list.title().equals(title)).findFirst()
                .orElseGet(() -> create(accountId, new Change(title, null, null)));
        });
    }

    /** People the reader follows or has asked to follow, and the reader. */
    public void add(long accountId, long id, Collection<Long> memberIds) {
        database.transaction(() -> {
            PeopleList list = get(accountId, id);
            List<Long> wanted = memberIds.stream().distinct().toList();
            if (accounts.byIds(wanted).size() < wanted.size()) {
                throw Refusal.notFound();
            }
            if (store.listable(accountId, wanted).size() < wanted.size()) {
                throw Refusal.invalid("Account must be followed to be added to a list");
            }
            store.lockedCount(accountId);
            List<Long> added = store.add(id, wanted);
            if (store.memberCount(id) > MEMBERS) {
                throw Refusal.invalid("A list has at most %d accounts".formatted(MEMBERS));
            }
            moveHome(list, added, list.exclusive());
        });
    }

    public void removeMembers(long accountId, long id, Collection<Long> memberIds) {
        database.transaction(() -> {
            PeopleList list = get(accountId, id);
            List<Long> removed = store.removeMembers(id, memberIds);
            moveHome(list, list.exclusive() ? removed : List.of(), false);
        });
    }

    /** @param away true takes what they posted out of the reader's home, false brings it back where nothing else keeps it away */
    private void moveHome(PeopleList list, List<Long> members, boolean away) {
        List<Long> others = members.stream().filter(member -> member != list.accountId()).toList();
        if (away) {
            home.removeAll(list.accountId(), others);
        } else {
            home.fillFrom(list.accountId(), others);
        }
    }

    public Listing timeline(long accountId, long id, Page page) {
        return store.timeline(get(accountId, id), page);
    }

    private static String title(String wanted) {
        if (wanted == null || wanted.isBlank()) {
            throw Refusal.invalid("Title can't be blank");
        }
        String title = wanted.strip();
        if (title.codePointCount(0, title.length()) > MAXIMUM_TITLE) {
            throw Refusal.invalid("Title is too long (maximum is %d characters)".formatted(MAXIMUM_TITLE));
        }
        return title;
    }
}
