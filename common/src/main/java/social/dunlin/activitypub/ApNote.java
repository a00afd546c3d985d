package social.dunlin.activitypub;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A post of any type: Note, Question, Article, Page, Image, Video, Audio, Event and what else looks like one. HTML is as
 * it came: sanitise before showing. Absent texts and dates are null, absent lists empty.
 *
 * @param attributedTo the first author on the id's host, else the first author, whose host the caller must refuse
 * @param name         title of titled types; the chosen option when this is a vote
 * @param content      HTML, or null
 * @param language     BCP 47, or null
 * @param url          the page for people, http(s) only
 * @param replies      the collection of replies, or null
 */
public record ApNote(String id, String type, String attributedTo, List<String> attributedToAll, List<String> to,
                     List<String> cc, List<String> audience, String name, String summary, String content,
                     Map<String, String> contentMap, String language, ApSourceText sourceText, String url,
                     Instant published, Instant updated, String inReplyTo, String conversation, String context,
                     boolean sensitive, Boolean commentsEnabled, List<ApAttachment> attachments, List<ApTag> tags,
                     ApImage image, ApPoll poll, ApQuote quote, ApReference replies, ApReference likes,
                     ApReference shares, ApObject interactionPolicy, Instant startTime, Instant endTime,
                     ApObject source) implements ApEntity {
    /** A vote is a named Note that answers and says nothing (federation reference §3.5). */
    public boolean isVote() {
        return name != null && inReplyTo != null && (content == null || content.isEmpty()) && type.equals("Note")
                && attachments.isEmpty();
    }

    public List<ApTag.Mention> mentions() {
        return tagsOf(ApTag.Mention.class);
    }

    public List<ApTag.Hashtag> hashtags() {
        return tagsOf(ApTag.Hashtag.class);
    }

    public List<ApTag.Emoji> emojis() {
        return tagsOf(ApTag.Emoji.class);
    }

    private <T extends ApTag> List<T> tagsOf(Class<T> kind) {
        return tags.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
