package social.dunlin.status;

import java.util.List;

/**
 * What an author changes in a post. Null = stays as it is; an empty list of media takes all away.
 *
 * @param mediaAttributes new descriptions and focal points of attachments
 */
public record StatusChange(
        String text,
        String spoilerText,
        String contentType,
        Boolean sensitive,
        String language,
        String quotePolicy,
        List<Long> mediaIds,
        List<MediaAttributes> mediaAttributes,
        NewStatus.NewPoll poll) {

    /** @param description null = unchanged; @param focusX, focusY null = unchanged */
    public record MediaAttributes(long id, String description, Double focusX, Double focusY) {
    }

    public static StatusChange text(String text) {
        return new StatusChange(text, null, null, null, null, null, null, List.of(), null);
    }
}
