package social.dunlin.filter;

import java.util.Optional;

/** What a client does with a match; the API's names. */
public enum FilterAction {
    WARN("warn"),
    HIDE("hide"),
    /** Covers pictures and recordings alone. */
    BLUR("blur");

    private final String apiName;

    FilterAction(String apiName) {
        this.apiName = apiName;
    }

    public String apiName() {
        return apiName;
    }

    public static Optional<FilterAction> ofApiName(String name) {
        for (FilterAction action : values()) {
            if (action.apiName.equals(name)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
