package social.dunlin.api.streaming;

import java.util.Optional;

/** The streams there are; the API's names. */
enum StreamKind {
    USER("user"),
    USER_NOTIFICATION("user:notification"),
    PUBLIC("public"),
    PUBLIC_MEDIA("public:media"),
    PUBLIC_LOCAL("public:local"),
    PUBLIC_LOCAL_MEDIA("public:local:media"),
    PUBLIC_REMOTE("public:remote"),
    PUBLIC_REMOTE_MEDIA("public:remote:media"),
    HASHTAG("hashtag"),
    HASHTAG_LOCAL("hashtag:local"),
    LIST("list"),
    /** Holds no posts: tells which private conversation got another last one. */
    DIRECT("direct");

    private final String apiName;

    StreamKind(String apiName) {
        this.apiName = apiName;
    }

    String apiName() {
        return apiName;
    }

    static Optional<StreamKind> ofApiName(String name) {
        for (StreamKind kind : values()) {
            if (kind.apiName.equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Its reader's own: what stands in it may differ from reader to reader. */
    boolean isPersonal() {
        return bringsNotifications() || this == LIST || this == DIRECT;
    }

    boolean bringsNotifications() {
        return this == USER || this == USER_NOTIFICATION;
    }

    boolean isTagged() {
        return this == HASHTAG || this == HASHTAG_LOCAL;
    }

    /** Holds posts of this install only. */
    boolean isLocal() {
        return this == PUBLIC_LOCAL || this == PUBLIC_LOCAL_MEDIA || this == HASHTAG_LOCAL;
    }

    boolean isRemote() {
        return this == PUBLIC_REMOTE || this == PUBLIC_REMOTE_MEDIA;
    }

    boolean isMediaOnly() {
        return this == PUBLIC_MEDIA || this == PUBLIC_LOCAL_MEDIA || this == PUBLIC_REMOTE_MEDIA;
    }
}
