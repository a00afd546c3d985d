package social.dunlin.collection;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.CollectionOutbox;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;
import social.dunlin.refusal.InvalidFields;
import social.dunlin.refusal.InvalidFields.Problem;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.Hashtag;
import social.dunlin.text.Language;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/**
 * Collections of accounts (Mastodon 4.6) made here. People of other servers would have to be asked (FEP-7aa9), and do not
 * stand in them. Whoever lets themself be discovered may be put into one, also into one of another server
 * ({@link RemoteCollections}), and may leave it for good.
 */
@ApplicationScoped
public class CollectionService {
    /** How many one account may have; the numbers are Mastodon's. */
    public static final int COLLECTIONS = 10;
    private static final int ITEMS = 25;
    private static final int NAME = 40;
    private static final int DESCRIPTION = 100;
    private static final Problem TOO_MANY = new Problem("ERR_TOO_MANY", "has too many items");

    private final Database database;
    private final CollectionStore store;
    private final StatusVisibility visibility;
    private final NotificationService notifications;
    private final CollectionOutbox outbox;

    public CollectionService(Database database, CollectionStore store, StatusVisibility visibility, NotificationService notifications,
                             CollectionOutbox outbox) {
        this.outbox = outbox;
        this.database = database;
        this.store = store;
        this.visibility = visibility;
        this.notifications = notifications;
    }

    /** What to change; null = leave as it is, an empty language or hashtag = none. */
    public record Change(String name, String description, String language, Boolean sensitive, Boolean discoverable, String tag) {
    }

    /** Whom its maker blocks sees it as little as somebody for whom there is none. */
    public AccountCollection get(Viewer viewer, long id) {
        return store.byId(id).filter(found -> viewer.is(found.accountId()) || !visibility.isShutOut(viewer, found.accountId())).orElseThrow(Refusal::notFound);
    }

    /** For who is told of them. */
    public List<AccountCollection> byIds(Collection<Long> ids) {
        return store.byIds(ids);
    }

    /** Those of them that this account made and the viewer sees. */
    public List<AccountCollection> shown(Viewer viewer, long accountId, Set<Long> ids) {
        return ids.isEmpty() || visibility.isShutOut(viewer, accountId) ? List.of()
            : store.byIds(ids).stream().filter(found -> found.accountId() == accountId).toList();
    }

    /** Others see those that are meant to be found. */
    public List<AccountCollection> of(Viewer viewer, long accountId, int limit, int offset) {
        return !viewer.is(accountId) && visibility.isShutOut(viewer, accountId) ? List.of() : store.of(accountId, viewer.is(accountId), limit, offset);
    }

    /** Those the account stands in. */
    public List<AccountCollection> containing(long accountId, int limit, int offset) {
        return store.containing(accountId, limit, offset);
    }

    /** What stands in them, as far as the viewer has not hidden it. */
    public List<CollectionItem> items(Collection<AccountCollection> collections, Viewer viewer) {
        return store.items(collections.stream().map(AccountCollection::id).toList(), viewer);
    }

    public AccountCollection create(long accountId, Change wanted, List<Long> memberIds) {
        Change checked = checked(wanted, true);
        List<Long> members = memberIds.stream().distinct().toList();
        if (members.size() > ITEMS) {
            throw new InvalidFields(Map.of("collection_items", TOO_MANY));
        }
        if (store.featurable(accountId, members).size() < members.size()) {
            throw notAllowed();
        }
        return database.transaction(() -> {
            if (store.lockedCount(accountId) >= COLLECTIONS) {
                throw new InvalidFields(Map.of("base", new Problem("ERR_TOO_MANY", "is limited to %d collections".formatted(COLLECTIONS))));
            }
            long id = store.insert(accountId, checked);
            store.update(id, checked, tag(checked));
            store.addAll(id, members);
            notifications.notifyAbout(NotificationType.ADDED_TO_COLLECTION, members, accountId, id);
            outbox.made(id);
            return store.byId(id).orElseThrow();
        });
    }

    public AccountCollection update(long accountId, long id, Change wanted) {
        Change checked = checked(wanted, false);
        return database.transaction(() -> {
            own(accountId, id);
            store.update(id, checked, tag(checked));
            List<Long> members = store.members(id);
            notifications.forgetCollection(NotificationType.COLLECTION_UPDATE, id, members);
            notifications.notifyAbout(NotificationType.COLLECTION_UPDATE, members, accountId, id);
            outbox.changed(id);
            return store.byId(id).orElseThrow();
        });
    }

    public void remove(long accountId, long id) {
        AccountCollection own = own(accountId, id);
        database.transaction(() -> {
            outbox.removed(accountId, own.uri());
            store.remove(id);
        });
    }

    public CollectionItem add(long accountId, long id, long memberId) {
        own(accountId, id);
        if (store.featurable(accountId, List.of(memberId)).isEmpty()) {
            throw notAllowed();
        }
        return database.transaction(() -> {
            if (store.lockedItemCount(id) >= ITEMS) {
                throw new InvalidFields(Map.of("collection_items", TOO_MANY));
            }
            CollectionItem added = store.add(id, memberId).orElseThrow(() -> new InvalidFields(Map.of("account_id", Problem.TAKEN)));
            notifications.notifyAbout(NotificationType.ADDED_TO_COLLECTION, List.of(memberId), accountId, id);
            outbox.memberAdded(id, added.id());
            return added;
        });
    }

    public void removeItem(long accountId, long id, long itemId) {
        AccountCollection own = own(accountId, id);
        database.transaction(() -> {
            left(id, store.removeItem(id, itemId));
            outbox.memberRemoved(accountId, own.uri(), itemId);
        });
    }

    /** Somebody leaves a collection, and cannot be put into it again. */
    public void revoke(long accountId, long id, long itemId) {
        database.transaction(() -> {
            left(id, store.revoke(id, itemId, accountId));
            store.byId(id).ifPresent(collection -> {
                if (collection.local()) {
                    outbox.memberRemoved(collection.accountId(), collection.uri(), itemId);
                }
                outbox.revoked(accountId, itemId, collection);
            });
        });
    }

    private void left(long id, Optional<Long> memberId) {
        List<Long> member = List.of(memberId.orElseThrow(Refusal::notFound));
        notifications.forgetCollection(NotificationType.ADDED_TO_COLLECTION, id, member);
        notifications.forgetCollection(NotificationType.COLLECTION_UPDATE, id, member);
    }

    private AccountCollection own(long accountId, long id) {
        AccountCollection found = get(Viewer.of(accountId), id);
        if (found.accountId() != accountId) {
            throw notAllowed();
        }
        return found;
    }

    private static Refusal notAllowed() {
        return Refusal.forbidden("This action is not allowed");
    }

    private static Change checked(Change wanted, boolean isNew) {
        String name = wanted.name == null ? null : wanted.name.strip();
        String description = wanted.description == null ? null : wanted.description.strip();
        Map<String, Problem> problems = new LinkedHashMap<>();
        if (name == null ? isNew : name.isEmpty()) {
            problems.put("name", Problem.BLANK);
        }
        if (name != null && name.codePointCount(0, name.length()) > NAME) {
            problems.put("name", Problem.TOO_LONG);
        }
        if (description != null && description.codePointCount(0, description.length()) > DESCRIPTION) {
            problems.put("description", Problem.TOO_LONG);
        }
        String language = wanted.language == null || wanted.language.isBlank() ? wanted.language : Language.normalise(wanted.language);
        if (language == null && wanted.language != null) {
            problems.put("language", Problem.INVALID);
        }
        if (wanted.tag != null && !wanted.tag.isBlank() && Hashtag.of(wanted.tag).isEmpty()) {
            problems.put("tag", Problem.INVALID);
        }
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
        return new Change(name, description, language == null ? null : language.strip(), wanted.sensitive, wanted.discoverable, wanted.tag);
    }

    private static Optional<Hashtag> tag(Change change) {
        return Optional.ofNullable(change.tag).filter(tag -> !tag.isBlank()).flatMap(Hashtag::of);
    }
}
