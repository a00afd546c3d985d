package social.dunlin.push;

import java.util.Locale;
import java.util.Optional;

/** Whose doings are pushed; the API's names. */
public enum PushPolicy {
    ALL,
    /** Of those the receiver follows. */
    FOLLOWED,
    /** Of those who follow the receiver. */
    FOLLOWER,
    NONE;

    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PushPolicy> ofApiName(String name) {
        for (PushPolicy policy : values()) {
            if (policy.apiName().equals(name)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }
}
