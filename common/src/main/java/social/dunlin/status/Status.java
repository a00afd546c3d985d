package social.dunlin.status;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A post or a boost, as its row and its counters say. A boost is a row of its own with {@code reblogOfId} set and
 * nothing in its content.
 *
 * @param objectType     ActivityStreams type of the object: Note, Question, Article, …
 * @param spoilerText    the content warning, plain text; "" = none
 * @param content        HTML, sanitised
 * @param textSource     what a local author typed; null for most remote posts
 * @param contentType    media type of {@code textSource}
 * @param language       BCP 47, or null
 * @param inReplyToUri   the parent's id, kept also while the parent is unknown
 * @param quotePolicy    who may quote: public, followers, nobody
 * @param groupAccountId the community it stands in
 * @param emojis         short codes used in content, warning and poll, without colons
 * @param createdAt      when it was published by its origin
 * @param editedAt       null when never edited
 * @param expiresAt      when a story ends; null = never
 * @param repliesCount   public and unlisted replies only
 */
public record Status(
        long id,
        long accountId,
        String uri,
        String url,
        boolean local,
        String objectType,
        Visibility visibility,
        String title,
        String spoilerText,
        String content,
        String textSource,
        String contentType,
        String language,
        boolean sensitive,
        long conversationId,
        OptionalLong inReplyToId,
        OptionalLong inReplyToAccountId,
        String inReplyToUri,
        OptionalLong reblogOfId,
        String quotePolicy,
        OptionalLong groupAccountId,
        OptionalLong applicationId,
        List<String> emojis,
        Instant createdAt,
        Instant editedAt,
        Instant expiresAt,
        int repliesCount,
        int reblogsCount,
        int favouritesCount,
        int quotesCount) {

    public boolean isReblog() {
        return reblogOfId.isPresent();
    }

    public boolean isReply() {
        return inReplyToId.isPresent() || inReplyToUri != null;
    }

    /** The post itself: for a boost the boosted one. */
    public long originalId() {
        return reblogOfId.orElse(id);
    }

    /** When the version that is shown was made. */
    public Instant versionAt() {
        return editedAt != null ? editedAt : createdAt;
    }

    /** The page for people. */
    public String pageUrl() {
        return url != null ? url : uri;
    }
}
