package social.dunlin.api.web;

import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * A post as a page shows it.
 *
 * @param boostedBy   who brought it here by a boost; null = it stands for itself
 * @param pinned      shown because its author pinned it
 * @param href        its page, here or on its own server
 * @param warning     the content warning; null = none
 * @param content     sanitised HTML
 * @param language    BCP 47; null = not said
 * @param edited      null when never edited
 * @param visibility  as the API spells it
 * @param sensitive   media should not be seen by chance
 * @param poll        null = none
 * @param quote       null = none
 */
@TemplateData
public record PostView(
        String id,
        AuthorView author,
        AuthorView boostedBy,
        boolean pinned,
        String href,
        RawString warning,
        RawString content,
        String language,
        Moment created,
        Moment edited,
        String visibility,
        boolean sensitive,
        boolean reply,
        List<AttachmentView> attachments,
        PollView poll,
        QuoteView quote,
        Count replies,
        Count boosts,
        Count favourites) {

    /** A number and what it counts. */
    @TemplateData
    public record Count(String number, String noun) {
    }

    /**
     * A post within a post.
     *
     * @param reason why it cannot be shown here; null when it is, all else null when it is not
     */
    @TemplateData
    public record QuoteView(AuthorView author, String href, RawString warning, RawString content, String language, Moment created, String reason) {
        static QuoteView hidden(String reason) {
            return new QuoteView(null, null, null, null, null, null, reason);
        }

        public boolean isShown() {
            return author != null;
        }
    }

    PostView pinnedOnTop() {
        return new PostView(id, author, boostedBy, true, href, warning, content, language, created, edited, visibility, sensitive, reply,
            attachments, poll, quote, replies, boosts, favourites);
    }
}
