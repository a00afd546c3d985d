package social.dunlin.event;

/** Something happened. Ids only: the listener reads what it may see. */
public sealed interface Event {
    /** A post or boost exists, local or remote. */
    record StatusCreated(long statusId, long accountId) implements Event {
    }

    record StatusEdited(long statusId, long accountId) implements Event {
    }

    /** The post's row is gone when this arrives. */
    record StatusDeleted(long statusId, long accountId) implements Event {
    }

    /** {@code accountId} is who is notified. */
    record NotificationCreated(long notificationId, long accountId) implements Event {
    }

    /** Notifications that had been set aside are shown now; the list is to be read anew. */
    record NotificationsMerged(long accountId) implements Event {
    }

    /** The account's home feed changed as a whole and is to be read anew. */
    record HomeChanged(long accountId) implements Event {
    }

    /** {@code tokenId} is the row in {@code oauth_token}; connections opened with it are to be closed. */
    record TokenRevoked(long tokenId) implements Event {
    }

    /** Profile, settings or state of an account changed. */
    record AccountChanged(long accountId) implements Event {
    }

    /** The account's filters changed: what was kept of them is old, clients read them anew. */
    record FiltersChanged(long accountId) implements Event {
    }

    /** Work of this kind is to be had in so many milliseconds, 0 for now. */
    record JobsWaiting(String kind, long dueInMilliseconds) implements Event {
        public JobsWaiting(String kind) {
            this(kind, 0);
        }
    }
}
