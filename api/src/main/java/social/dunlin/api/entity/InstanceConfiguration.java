package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What clients may send and where they find things; the same in both versions of Instance, version 1 leaving some out. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record InstanceConfiguration(
        Urls urls,
        Vapid vapid,
        Accounts accounts,
        Statuses statuses,
        MediaAttachments mediaAttachments,
        Polls polls,
        Translation translation,
        TimelinesAccess timelinesAccess,
        boolean limitedFederation) {

    /** @param streaming base of the streaming API */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Urls(String streaming, String status, String about, String privacyPolicy, String termsOfService) {
    }

    /** @param publicKey by which push services know this server */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Vapid(String publicKey) {
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record Accounts(
            int maxDisplayNameLength,
            int maxNoteLength,
            int maxAvatarDescriptionLength,
            int maxHeaderDescriptionLength,
            int maxFeaturedTags,
            int maxPinnedStatuses,
            int maxProfileFields,
            int profileFieldNameLimit,
            int profileFieldValueLimit) {
    }

    /** @param supportedMimeTypes what posts may be typed in, as GoToSocial says it */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Statuses(int maxCharacters, int maxMediaAttachments, int charactersReservedPerUrl, List<String> supportedMimeTypes) {
    }

    /** Sizes in bytes, matrices in pixels. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record MediaAttachments(
            List<String> supportedMimeTypes,
            int descriptionLimit,
            int imageSizeLimit,
            int imageMatrixLimit,
            int videoSizeLimit,
            int videoFrameRateLimit,
            int videoMatrixLimit) {
    }

    /** Times in seconds. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Polls(int maxOptions, int maxCharactersPerOption, long minExpiration, long maxExpiration) {
    }

    public record Translation(boolean enabled) {
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record TimelinesAccess(
            Feeds liveFeeds,
            Feeds hashtagFeeds,
            Feeds trendingLinkFeeds) {
    }

    /** {@code public}, {@code authenticated} or {@code disabled}. */
    public record Feeds(String local, String remote) {
    }
}
