package social.dunlin.activitypub;

import java.time.Instant;
import java.util.List;

/**
 * A local post as it is to be written. Absent values are null, absent lists empty.
 *
 * @param summary     content warning, plain text
 * @param content     HTML
 * @param language    BCP 47
 * @param updated     time of the last edit
 * @param poll        makes it a Question
 * @param likes       number, or null to give the collection's id alone; as {@code shares}
 */
public record NoteView(String id, String url, String attributedTo, Audience audience, String summary, String content,
                       String language, boolean sensitive, Instant published, Instant updated, String inReplyTo,
                       String conversation, String context, List<ApAttachment> attachments, List<ApTag> tags,
                       ApPoll poll, ApQuote quote, QuotePolicy quotePolicy, Long likes, Long shares) {
    /** Who may quote: ids of actors or collections, or Public. */
    public record QuotePolicy(List<String> automatic, List<String> manual) {
    }
}
