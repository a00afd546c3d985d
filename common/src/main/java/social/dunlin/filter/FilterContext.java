package social.dunlin.filter;

import java.util.Optional;

/** Where a filter is meant to work; the client looks at it. The API's names. */
public enum FilterContext {
    HOME("home"),
    NOTIFICATIONS("notifications"),
    PUBLIC("public"),
    THREAD("thread"),
    ACCOUNT("account");

    private final String apiName;

    FilterContext(String apiName) {
        this.apiName = apiName;
    }

    public String apiName() {
        return apiName;
    }

    public static Optional<FilterContext> ofApiName(String name) {
        for (FilterContext context : values()) {
            if (context.apiName.equals(name)) {
                return Optional.of(context);
            }
        }
        return Optional.empty();
    }
}
