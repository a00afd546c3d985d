package social.dunlin.list;

import java.util.Optional;

/** Whose answers to others a list shows: to anybody the reader follows, to people of the list, to nobody. The API's names. */
public enum RepliesPolicy {
    FOLLOWED("followed"),
    LIST("list"),
    NONE("none");

    private final String apiName;

    RepliesPolicy(String apiName) {
        this.apiName = apiName;
    }

    public String apiName() {
        return apiName;
    }

    public static Optional<RepliesPolicy> ofApiName(String name) {
        for (RepliesPolicy policy : values()) {
            if (policy.apiName.equals(name)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }
}
