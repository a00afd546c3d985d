package social.dunlin.collection;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import social.dunlin.account.Account;
import social.dunlin.activitypub.FeatureDocuments.Asked;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.CollectionOutbox;
import social.dunlin.notification.NotificationService;
import social.dunlin.notification.NotificationType;

/**
 * Collections that people of other servers made (FEP-7aa9). Somebody elsewhere stands in one once their own server was asked
 * and says that they agree; somebody here once they were asked and their settings agreed.
 */
@ApplicationScoped
public class RemoteCollections {
    /** Of one account; the number is what Mastodon reads. */
    private static final int COLLECTIONS = 50;

    private final Database database;
    private final CollectionStore store;
    private final NotificationService notifications;
    private final CollectionOutbox outbox;

    public RemoteCollections(Database database, CollectionStore store, NotificationService notifications, CollectionOutbox outbox) {
        this.database = database;
        this.store = store;
        this.notifications = notifications;
        this.outbox = outbox;
    }

    /** Stores it, or its new form; empty when the maker has too many, or it is somebody else's. */
    public Optional<Long> store(long makerId, RemoteCollection told) {
        return database.transaction(() -> {
            boolean room = store.lockedCount(makerId) < COLLECTIONS || isTheirs(told.uri(), makerId);
            return room ? store.putRemote(makerId, told) : Optional.empty();
        });
    }

    public boolean isTheirs(String uri, long makerId) {
        return uri != null && store.remote(uri, makerId).isPresent();
    }

    /** Whose consent was checked, by the address of that. */
    public Set<String> authorizations(long id) {
        return Set.copyOf(store.authorizations(id));
    }

    /** The member's server says that they agree. */
    public void agreed(long id, long memberId, String placeUri, String authorizationUri) {
        store.putMember(id, memberId, placeUri, authorizationUri);
    }

    /** Members that it lists no more go; those here stay until it has listed them once. @param uris of its places */
    public void listed(long id, Collection<String> uris) {
        forget(id, store.removeUnlisted(id, uris));
    }

    /** It lists somebody here; whether they stand in it they have said. */
    public void listsLocal(long id, String memberUri, String placeUri) {
        store.nameLocalPlace(id, memberUri, placeUri);
    }

    /**
     * Answers a request to put somebody here into a collection that is stored: yes to whom they do not block, if they let
     * themselves be discovered and have not left it before. A repeated request gets the same answer.
     */
    public void asked(long id, Account maker, Account member, Asked request) {
        database.transaction(() -> {
            Optional<CollectionStore.Joined> joined = store.featurable(maker.id(), List.of(member.id())).isEmpty() ? Optional.empty() : store.join(id, member.id());
            joined.ifPresentOrElse(place -> {
                if (place.fresh()) {
                    notifications.notifyAbout(NotificationType.ADDED_TO_COLLECTION, List.of(member.id()), maker.id(), id);
                }
                outbox.accepted(member, maker, request, place.id());
            }, () -> outbox.rejected(member, maker, request));
        });
    }

    /** Its maker deletes it. */
    public void removed(String uri, long makerId) {
        store.remote(uri, makerId).ifPresent(store::remove);
    }

    /** Its maker takes somebody out. */
    public void removedPlace(String uri, String placeUri, long makerId) {
        store.remote(uri, makerId).ifPresent(id -> forget(id, store.removePlace(id, placeUri)));
    }

    /** The sender takes back the consent to stand in one, or deletes one of theirs. True when it was one. */
    public boolean deleted(String uri, long senderId) {
        boolean collection = isTheirs(uri, senderId);
        if (collection) {
            removed(uri, senderId);
        }
        return collection || store.withdraw(uri, senderId);
    }

    private void forget(long id, List<Long> members) {
        notifications.forgetCollection(NotificationType.ADDED_TO_COLLECTION, id, members);
        notifications.forgetCollection(NotificationType.COLLECTION_UPDATE, id, members);
    }
}
