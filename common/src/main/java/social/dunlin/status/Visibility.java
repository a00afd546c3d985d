package social.dunlin.status;

import java.util.Optional;

/** Who may see a post. The order is from widest to narrowest among those that federate. */
public enum Visibility {
    /** Everyone, and shown in public timelines. */
    PUBLIC("public"),
    /** Everyone who has the link or follows; never in public timelines. */
    UNLISTED("unlisted"),
    /** The author's followers and those mentioned. */
    PRIVATE("private"),
    /** Those mentioned. */
    DIRECT("direct"),
    /** Everyone signed in on this server; never federated. The name is Akkoma's. */
    LOCAL("local"),
    /** As {@link #LOCAL} but out of the local timeline. No other server has a word for it; ours follows Akkoma's. */
    LOCAL_UNLISTED("local-unlisted");

    private final String apiName;

    Visibility(String apiName) {
        this.apiName = apiName;
    }

    /** As the client API spells it. */
    public String apiName() {
        return apiName;
    }

    /** Whether posts of this visibility may leave this server at all. */
    public boolean federates() {
        return switch (this) {
            case PUBLIC, UNLISTED, PRIVATE, DIRECT -> true;
            case LOCAL, LOCAL_UNLISTED -> false;
        };
    }

    public static Optional<Visibility> ofApiName(String name) {
        for (Visibility visibility : values()) {
            if (visibility.apiName.equals(name)) {
                return Optional.of(visibility);
            }
        }
        return Optional.empty();
    }
}
