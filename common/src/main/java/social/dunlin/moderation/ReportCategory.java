package social.dunlin.moderation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why somebody is reported; the API's names in lower case. */
public enum ReportCategory {
    SPAM, LEGAL, VIOLATION, OTHER;

    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ReportCategory> ofApiName(String name) {
        return Stream.of(values()).filter(category -> category.apiName().equals(name)).findFirst();
    }
}
