package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A post that waits for its time. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ScheduledStatusEntity(String id, String scheduledAt, Params params, List<MediaAttachmentEntity> mediaAttachments) {
    /**
     * As it was sent; ids are numbers here. The last four are always the same: clients of Mastodon know them.
     *
     * @param mediaIds texts, unlike the other ids
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Params(
            String text,
            PollParams poll,
            List<String> mediaIds,
            Boolean sensitive,
            String spoilerText,
            String visibility,
            Long inReplyToId,
            String language,
            Long quotedStatusId,
            String quoteApprovalPolicy,
            String contentType,
            Long applicationId,
            String scheduledAt,
            String idempotency,
            boolean withRateLimit) {
    }

    /** @param expiresIn seconds from the moment it appears */
    @JsonNaming(SnakeCaseStrategy.class)
    public record PollParams(List<String> options, long expiresIn, boolean multiple, boolean hideTotals) {
    }
}
