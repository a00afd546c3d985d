package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import social.dunlin.notification.NotificationPolicy;
import social.dunlin.notification.NotificationPolicy.Summary;
import social.dunlin.notification.NotificationPolicy.Treatment;

/** Mastodon's NotificationPolicy; {@link V1} is its older form, which knows no dropping. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record NotificationPolicyEntity(String forNotFollowing, String forNotFollowers, String forNewAccounts, String forPrivateMentions,
                                       String forLimitedAccounts, String forBots, SummaryView summary) {

    /** What waits in requests. */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record SummaryView(int pendingRequestsCount, int pendingNotificationsCount) {
        static SummaryView of(Summary summary) {
            return new SummaryView(summary.requests(), summary.notifications());
        }
    }

    public static NotificationPolicyEntity of(NotificationPolicy policy, Summary summary) {
        return new NotificationPolicyEntity(policy.notFollowing().apiName(), policy.notFollowers().apiName(), policy.newAccounts().apiName(),
            policy.privateMentions().apiName(), policy.limitedAccounts().apiName(), policy.bots().apiName(), SummaryView.of(summary));
    }

    /** True: not shown at once. */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record V1(boolean filterNotFollowing, boolean filterNotFollowers, boolean filterNewAccounts, boolean filterPrivateMentions,
                     boolean filterBots, SummaryView summary) {
        public static V1 of(NotificationPolicy policy, Summary summary) {
            return new V1(isStrict(policy.notFollowing()), isStrict(policy.notFollowers()), isStrict(policy.newAccounts()),
                isStrict(policy.privateMentions()), isStrict(policy.bots()), SummaryView.of(summary));
        }

        private static boolean isStrict(Treatment treatment) {
            return treatment != Treatment.ACCEPT;
        }
    }
}
