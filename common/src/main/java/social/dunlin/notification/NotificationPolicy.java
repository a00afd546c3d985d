package social.dunlin.notification;

import java.util.Optional;

/** What becomes of notifications by who sends them; the strictest rule that fits decides. */
public record NotificationPolicy(Treatment notFollowing, Treatment notFollowers, Treatment newAccounts, Treatment privateMentions,
                                 Treatment limitedAccounts, Treatment bots) {
    /** As Mastodon has it: unasked private mentions and limited accounts are set aside. */
    public static final NotificationPolicy DEFAULTS = new NotificationPolicy(Treatment.ACCEPT, Treatment.ACCEPT, Treatment.ACCEPT, Treatment.FILTER,
        Treatment.FILTER, Treatment.ACCEPT);

    /** Shown, set aside as a request, or not even written; the API's names. */
    public enum Treatment {
        ACCEPT("accept"),
        FILTER("filter"),
        DROP("drop");

        private final String apiName;

        Treatment(String apiName) {
            this.apiName = apiName;
        }

        public String apiName() {
            return apiName;
        }

        public static Optional<Treatment> ofApiName(String name) {
            for (Treatment treatment : values()) {
                if (treatment.apiName.equals(name)) {
                    return Optional.of(treatment);
                }
            }
            return Optional.empty();
        }
    }

    /** How much waits to be looked at. */
    public record Summary(int requests, int notifications) {
    }
}
