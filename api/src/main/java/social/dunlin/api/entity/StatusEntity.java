package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Mastodon's Status. {@code content} is left out and {@code text} is there only in the answer to a deletion;
 * {@code favourited} to {@code filtered} only with a token; {@code pinned} only on own posts; {@code application} only
 * for the author.
 *
 * @param quote            a {@link QuoteEntity}, or a {@link ShallowQuoteEntity} within a quoted post
 * @param filtered         the reader's filters that it matches, whatever their contexts
 * @param taggedCollections always empty: there are no collections
 * @param emojiReactions   an extension that Elk and Phanpy read
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record StatusEntity(
        String id,
        String createdAt,
        String inReplyToId,
        String inReplyToAccountId,
        boolean sensitive,
        String spoilerText,
        String visibility,
        String language,
        String uri,
        String url,
        int repliesCount,
        int reblogsCount,
        int favouritesCount,
        int quotesCount,
        String editedAt,
        @JsonInclude(Include.NON_NULL) String content,
        @JsonInclude(Include.NON_NULL) String text,
        StatusEntity reblog,
        @JsonInclude(Include.NON_NULL) ApplicationView application,
        AccountEntity account,
        List<MediaAttachmentEntity> mediaAttachments,
        List<MentionEntity> mentions,
        List<TagView> tags,
        List<CustomEmojiEntity> emojis,
        Object quote,
        QuoteApproval quoteApproval,
        PreviewCardEntity card,
        PollEntity poll,
        @JsonInclude(Include.NON_NULL) Boolean favourited,
        @JsonInclude(Include.NON_NULL) Boolean reblogged,
        @JsonInclude(Include.NON_NULL) Boolean muted,
        @JsonInclude(Include.NON_NULL) Boolean bookmarked,
        @JsonInclude(Include.NON_NULL) Boolean pinned,
        @JsonInclude(Include.NON_NULL) List<FilterResultEntity> filtered,
        List<Object> taggedCollections,
        List<EmojiReactionEntity> emojiReactions) {

    /** The client it was written with. */
    public record ApplicationView(String name, String website) {
    }

    public record MentionEntity(String id, String username, String url, String acct) {
    }

    /** @param name normalised */
    public record TagView(String name, String url) {
    }

    /** Who may quote, unasked or by the author's own decision; {@code currentUser} is what that means for the reader. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record QuoteApproval(List<String> automatic, List<String> manual, String currentUser) {
    }

    /** The same for a reader whose filters it matches. */
    public StatusEntity withFiltered(List<FilterResultEntity> results) {
        return new StatusEntity(id, createdAt, inReplyToId, inReplyToAccountId, sensitive, spoilerText, visibility, language, uri, url,
            repliesCount, reblogsCount, favouritesCount, quotesCount, editedAt, content, text, reblog, application, account,
            mediaAttachments, mentions, tags, emojis, quote, quoteApproval, card, poll, favourited, reblogged, muted, bookmarked, pinned, results,
            taggedCollections, emojiReactions);
    }

    /** What a deletion answers: the source instead of the HTML, for a redraft. */
    public StatusEntity asSource(String source) {
        return new StatusEntity(id, createdAt, inReplyToId, inReplyToAccountId, sensitive, spoilerText, visibility, language, uri, url,
            repliesCount, reblogsCount, favouritesCount, quotesCount, editedAt, null, source == null ? "" : source, reblog, application, account,
            mediaAttachments, mentions, tags, emojis, quote, quoteApproval, card, poll, favourited, reblogged, muted, bookmarked, pinned, filtered,
            taggedCollections, emojiReactions);
    }
}
