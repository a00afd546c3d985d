package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of grouped notifications with the accounts and posts they speak of, each once. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record GroupedNotificationsEntity(List<AccountEntity> accounts, List<StatusEntity> statuses, List<Group> notificationGroups) {

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
            @JsonInclude(Include.NON_NULL) String statusId) {
    }
}
