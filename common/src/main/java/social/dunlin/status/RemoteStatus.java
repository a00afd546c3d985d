package social.dunlin.status;

import java.time.Instant;
import java.util.List;

/**
 * A post of another server as an inbox handler or the fetcher understood it: checked (who may assert it), sanitised,
 * its people looked up. Plain data; {@link RemoteStatuses} does the rest.
 *
 * @param accountId       the stored author
 * @param spoilerText     plain text, "" = none
 * @param content         HTML, already sanitised
 * @param language        BCP 47 or null
 * @param inReplyToUri    the parent's id whether we know it or not; null = no reply
 * @param conversationUri {@code context} or {@code conversation}; null = none given
 * @param quote           what it quotes; null = nothing
 * @param quotePolicy     public, followers, manual, nobody, or unknown when its server says nothing of the kind
 * @param published       when its origin published it; null or in the future = now
 * @param updated         the origin's time of the last edit; null = never edited, or an implicit update
 * @param mentions        addressed or tagged accounts that are stored here
 * @param hashtags        as written, with or without {@code #}
 * @param poll            null = none
 * @param groupAccountId  the community it stands in; null = none
 */
public record RemoteStatus(
        String uri,
        String url,
        long accountId,
        String objectType,
        Visibility visibility,
        String title,
        String spoilerText,
        String content,
        String textSource,
        String contentType,
        String language,
        boolean sensitive,
        String inReplyToUri,
        String conversationUri,
        Quote quote,
        String quotePolicy,
        Instant published,
        Instant updated,
        List<Mention> mentions,
        List<String> hashtags,
        List<Attachment> attachments,
        List<Emoji> emojis,
        Poll poll,
        Long groupAccountId) {

    /** @param silent addressed but not tagged: may read, is not notified */
    public record Mention(long accountId, boolean silent) {
    }

    /**
     * @param uri              id of the quoted post; null when it is said to be gone
     * @param authorizationUri id of the stamp it claims; null = none
     * @param legacy           told in one of the ways that know no consent
     */
    public record Quote(String uri, String authorizationUri, boolean legacy) {
    }

    /**
     * @param type        image, gifv, video, audio or unknown
     * @param description alt text or null
     * @param width       pixels, null when not said
     * @param focusX      -1 to 1, null when not said
     */
    public record Attachment(String type, String url, String previewUrl, String contentType, String description, String blurhash,
                             Integer width, Integer height, Double focusX, Double focusY) {
    }

    /** @param code short code without colons */
    public record Emoji(String code, String uri, String iconUrl) {
    }

    /**
     * @param tallies     votes per option, as many as there are options
     * @param votersCount null when not said
     * @param expiresAt   null = never ends
     */
    public record Poll(List<String> options, List<Integer> tallies, boolean multiple, Integer votersCount, Instant expiresAt, Instant closedAt) {
        /** More is not believed; votes given here are added to it. */
        public static final int MAXIMUM_VOTES = 1_000_000_000;

        int votesCount() {
            return (int) Math.min(MAXIMUM_VOTES, tallies.stream().mapToLong(Integer::longValue).sum());
        }
    }
}
