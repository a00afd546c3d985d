package social.dunlin.notification;

import java.util.Optional;

/** Why somebody is told something; the API's names. */
public enum NotificationType {
    MENTION("mention"),
    STATUS("status"),
    REBLOG("reblog"),
    FOLLOW("follow"),
    FOLLOW_REQUEST("follow_request"),
    FAVOURITE("favourite"),
    POLL("poll"),
    UPDATE("update"),
    /** Somebody quotes a post of the reader's, with consent. */
    QUOTE("quote"),
    /** A post the reader quotes was edited; the post shown is the reader's own. */
    QUOTED_UPDATE("quoted_update"),
    /** Somebody has come; for moderators and administrators. */
    ADMIN_SIGN_UP("admin.sign_up"),
    /** Somebody is complained about; for moderators and administrators. */
    ADMIN_REPORT("admin.report"),
    /** Follows of the reader's have ended with a server or an account. */
    SEVERED_RELATIONSHIPS("severed_relationships"),
    /** The moderators say something to the reader. */
    MODERATION_WARNING("moderation_warning"),
    /** Somebody put the reader into a collection. */
    ADDED_TO_COLLECTION("added_to_collection"),
    /** A collection with the reader in it was changed. */
    COLLECTION_UPDATE("collection_update");

    private final String apiName;

    NotificationType(String apiName) {
        this.apiName = apiName;
    }

    public String apiName() {
        return apiName;
    }

    public static Optional<NotificationType> ofApiName(String name) {
        for (NotificationType type : values()) {
            if (type.apiName.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
