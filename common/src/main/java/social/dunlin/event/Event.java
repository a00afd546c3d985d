package social.dunlin.event;

import java.util.List;

/** Something happened. Ids only: the listener reads what it may see. */
public sealed interface Event {
    /** What people who are reading right now want to hear of; the order among these matters to them. */
    sealed interface ForReaders extends Event {
    }

    /** A post or boost exists, local or remote. */
    record StatusCreated(long statusId, long accountId) implements ForReaders {
    }

    record StatusEdited(long statusId, long accountId) implements ForReaders {
    }

    /**
     * The post's row is gone when this arrives, so it says who could know the post.
     *
     * @param open      it stood in public lists
     * @param mentioned local accounts mentioned in it
     * @param tags      ids of its hashtags
     */
    record StatusDeleted(long statusId, long accountId, boolean open, List<Long> mentioned, List<Long> tags) implements ForReaders {
        /** One that only its author and their followers can know, such as a boost. */
        public StatusDeleted(long statusId, long accountId) {
            this(statusId, accountId, false, List.of(), List.of());
        }
    }

    /** {@code accountId} is who is notified. */
    record NotificationCreated(long notificationId, long accountId) implements ForReaders {
    }

    /** Notifications that had been set aside are shown now; the list is to be read anew. */
    record NotificationsMerged(long accountId) implements ForReaders {
    }

    /** The account's home feed changed as a whole and is to be read anew. */
    record HomeChanged(long accountId) implements Event {
    }

    /** {@code tokenId} is the row in {@code oauth_token}; connections opened with it are to be closed. */
    record TokenRevoked(long tokenId) implements ForReaders {
    }

    /** Profile, settings or state of an account changed. */
    record AccountChanged(long accountId) implements ForReaders {
    }

    /** The account's filters changed; its clients read them anew. */
    record FiltersChanged(long accountId) implements ForReaders {
    }

    /** Pictures of custom emoji changed, or some are gone. PostgreSQL itself says so (migration 0033). */
    record EmojisChanged() implements Event {
    }

    /** What somebody has in private with others got another last post, or was read or put back. Whose it is, is the {@code accountId}. */
    record ConversationChanged(long conversationId, long accountId) implements ForReaders {
    }

    record AnnouncementMade(long announcementId) implements ForReaders {
    }

    /** The announcement is gone when this arrives. */
    record AnnouncementWithdrawn(long announcementId) implements ForReaders {
    }

    /** @param name of the emoji that more or fewer people answer with */
    record AnnouncementReacted(long announcementId, String name) implements ForReaders {
    }

    /** Media of other hosts than before are shown to nobody. */
    record MediaRejectionsChanged() implements Event {
    }

    /** Something came of the file that waited, or nothing will. */
    record UploadProcessed(long uploadId) implements Event {
    }

    /** Work of this kind is to be had in so many milliseconds, 0 for now. */
    record JobsWaiting(String kind, long dueInMilliseconds) implements Event {
        public JobsWaiting(String kind) {
            this(kind, 0);
        }
    }
}
