package social.dunlin.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What somebody wants to post. Null means "not said": the author's settings decide.
 *
 * @param text           as typed
 * @param contentType    media type of the text, see {@link social.dunlin.text.TextFormat}
 * @param mediaIds       own attachments, in order
 * @param scheduledAt    when it is to appear; null = now
 * @param applicationId  the client; null = none
 * @param idempotencyKey a repeated key of the same author within an hour gives the first post again; null = none
 */
public record NewStatus(
        String text,
        String spoilerText,
        String contentType,
        Visibility visibility,
        Boolean sensitive,
        String language,
        Long inReplyToId,
        Long quotedStatusId,
        String quotePolicy,
        List<Long> mediaIds,
        NewPoll poll,
        Instant scheduledAt,
        Long applicationId,
        String idempotencyKey) {

    /** @param expiresIn from now */
    public record NewPoll(List<String> options, Duration expiresIn, boolean multiple, boolean hideTotals) {
    }

    /** A post of mere text, everything else by the author's settings. */
    public static NewStatus text(String text) {
        return new NewStatus(text, null, null, null, null, null, null, null, null, List.of(), null, null, null, null);
    }

    public NewStatus withVisibility(Visibility wanted) {
        return new NewStatus(text, spoilerText, contentType, wanted, sensitive, language, inReplyToId, quotedStatusId, quotePolicy,
            mediaIds, poll, scheduledAt, applicationId, idempotencyKey);
    }

    public NewStatus withSpoiler(String warning) {
        return new NewStatus(text, warning, contentType, visibility, sensitive, language, inReplyToId, quotedStatusId, quotePolicy,
            mediaIds, poll, scheduledAt, applicationId, idempotencyKey);
    }

    public NewStatus inReplyTo(long statusId) {
        return new NewStatus(text, spoilerText, contentType, visibility, sensitive, language, statusId, quotedStatusId, quotePolicy,
            mediaIds, poll, scheduledAt, applicationId, idempotencyKey);
    }

    public NewStatus withMedia(List<Long> ids) {
        return new NewStatus(text, spoilerText, contentType, visibility, sensitive, language, inReplyToId, quotedStatusId, quotePolicy,
            ids, poll, scheduledAt, applicationId, idempotencyKey);
    }

    public NewStatus withPoll(NewPoll wanted) {
        return new NewStatus(text, spoilerText, contentType, visibility, sensitive, language, inReplyToId, quotedStatusId, quotePolicy,
            mediaIds, wanted, scheduledAt, applicationId, idempotencyKey);
    }

    public NewStatus withIdempotencyKey(String key) {
        return new NewStatus(text, spoilerText, contentType, visibility, sensitive, language, inReplyToId, quotedStatusId, quotePolicy,
            mediaIds, poll, scheduledAt, applicationId, key);
    }
}
