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
    ADMIN_SIGN_UP("admin.sign_up");

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
