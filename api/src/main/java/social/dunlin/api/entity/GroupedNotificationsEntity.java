package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of grouped notifications with the accounts and posts they speak of, each once. @param partialAccounts only when asked for */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record GroupedNotificationsEntity(List<AccountEntity> accounts, @JsonInclude(Include.NON_NULL) List<PartialAccountEntity> partialAccounts,
                                         List<RawJson> statuses, List<Group> notificationGroups) {

    /** Enough to show somebody's picture among others. */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record PartialAccountEntity(String id, String acct, String url, String avatar, String avatarStatic, String avatarDescription,
                                       boolean locked, boolean bot) {
        static PartialAccountEntity of(AccountEntity account) {
            return new PartialAccountEntity(account.id(), account.acct(), account.url(), account.avatar(), account.avatarStatic(),
                account.avatarDescription(), account.locked(), account.bot());
        }
    }

    /**
     * @param notificationsCount up to the top of the page, not only this page
     * @param pageMinId          with the other page members only in lists
     * @param sampleAccountIds   newest first, eight at most
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Group(
            String groupKey,
            int notificationsCount,
            String type,
            long mostRecentNotificationId,
            @JsonInclude(Include.NON_NULL) String pageMinId,
            @JsonInclude(Include.NON_NULL) String pageMaxId,
            @JsonInclude(Include.NON_NULL) String latestPageNotificationAt,
            List<String> sampleAccountIds,
            @JsonInclude(Include.NON_NULL) String statusId,
            @JsonInclude(Include.NON_NULL) ReportEntity report,
            @JsonInclude(Include.NON_NULL) SeveranceEntity event,
            @JsonInclude(Include.NON_NULL) AccountWarningEntity moderationWarning,
            @JsonInclude(Include.NON_NULL) CollectionEntity collection,
            @JsonInclude(Include.NON_NULL) NotificationFallbackEntity fallback) {
    }
}
