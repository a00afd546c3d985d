package social.dunlin.status;

import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.dunlin.account.Account;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaAttachmentStore;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.Language;
import social.dunlin.text.PlainText;
import social.dunlin.text.ScriptLanguage;
import social.dunlin.text.StatusLength;
import social.dunlin.text.TextFormat;

/** What a local post must fulfil, and what the author's settings add to it (behaviours §8). */
@Singleton
class StatusDraft {
    private final StatusLimits limits;
    private final Authors authors;
    private final MediaAttachmentStore media;

    StatusDraft(StatusLimits limits, Authors authors, MediaAttachmentStore media) {
        this.limits = limits;
        this.authors = authors;
        this.media = media;
    }

    /** A post that fulfils the rules; nothing is left open. */
    record Checked(String text, TextFormat format, String spoilerText, Visibility visibility, boolean sensitive, String language, String quotePolicy,
                   Authors.Author author) {
    }

    Authors.Author author(long accountId) {
        return authors.byId(accountId);
    }

    Checked check(Authors.Author author, NewStatus wanted) {
        String text = typed(wanted.text());
        String spoiler = typed(wanted.spoilerText()).strip();
        boolean quotes = wanted.quotedStatusId() != null;
        if (text.isBlank() && !spoiler.isEmpty() && !quotes) {
            text = spoiler;
            spoiler = "";
        }
        if (text.isBlank() && wanted.mediaIds().isEmpty() && wanted.poll() == null && !quotes) {
            throw Refusal.invalid("Text can't be blank");
        }
        checkLength(spoiler, text);
        if (wanted.poll() != null) {
            checkPoll(wanted.poll(), !wanted.mediaIds().isEmpty());
        }
        Authors.Defaults settings = author.defaults();
        Visibility visibility = wanted.visibility() == null ? settings.visibility() : wanted.visibility();
        if (author.account().silencedAt() != null && visibility == Visibility.PUBLIC) {
            visibility = Visibility.UNLISTED;
        }
        boolean sensitive = !spoiler.isEmpty() || (wanted.sensitive() == null ? settings.sensitive() : wanted.sensitive());
        return new Checked(text, wanted.contentType() == null ? settings.format() : format(wanted.contentType()), spoiler, visibility, sensitive,
            language(wanted.language(), settings.language(), spoiler + "\n" + text),
            quotePolicy(wanted.quotePolicy() == null ? settings.quotePolicy() : wanted.quotePolicy(), visibility), author);
    }

    private static String language(String wanted, String usual, String words) {
        String said = Language.normalise(wanted);
        return said != null ? said : usual != null ? usual : ScriptLanguage.guess(words);
    }

    /** HTML is not taken: nobody types it, and what a program makes of it is better made as Markdown. */
    static TextFormat format(String contentType) {
        return TextFormat.ofMediaType(contentType).orElseThrow(() -> Refusal.invalid("Content type is not included in the list"));
    }

    /** As typed, less what PostgreSQL or a browser could not hold. */
    static String typed(String text) {
        return text == null ? "" : PlainText.wellFormed(text);
    }

    void checkLength(String spoiler, String text) {
        if (StatusLength.of(spoiler, text) > limits.characters()) {
            throw Refusal.invalid("Text character limit of %d exceeded".formatted(limits.characters()));
        }
    }

    /** Private and direct posts are nobody's to quote (behaviours §13). */
    static String quotePolicy(String wanted, Visibility visibility) {
        return switch (visibility) {
            case PUBLIC, UNLISTED -> switch (wanted) {
                case "public", "followers", "nobody" -> wanted;
                default -> throw Refusal.invalid("Quote approval policy is not included in the list");
            };
            case PRIVATE, DIRECT, LOCAL, LOCAL_UNLISTED -> "nobody";
        };
    }

    void checkPoll(NewStatus.NewPoll poll, boolean withMedia) {
        if (withMedia) {
            throw Refusal.invalid("Poll cannot be combined with media");
        }
        List<String> options = poll.options();
        if (options.size() < 2 || options.stream().anyMatch(String::isBlank)) {
            throw Refusal.invalid("Poll options must be more than one item");
        }
        if (options.size() > limits.pollOptions()) {
            throw Refusal.invalid("Poll options can't contain more than %d items".formatted(limits.pollOptions()));
        }
        if (options.stream().anyMatch(option -> StatusLength.of(option) > StatusLimits.POLL_OPTION_CHARACTERS)) {
            throw Refusal.invalid("Poll options can't be longer than %d characters each".formatted(StatusLimits.POLL_OPTION_CHARACTERS));
        }
        if (new HashSet<>(options).size() != options.size()) {
            throw Refusal.invalid("Poll options contain duplicate items");
        }
        if (poll.expiresIn() == null || poll.expiresIn().compareTo(StatusLimits.POLL_SHORTEST) < 0) {
            throw Refusal.invalid("Poll duration is too short");
        }
        if (poll.expiresIn().compareTo(StatusLimits.POLL_LONGEST) > 0) {
            throw Refusal.invalid("Poll duration is too far into the future");
        }
    }

    /**
     * The attachments a post may take, in the order wanted: the author's own, free or already this post's, ready, few
     * enough. Somebody else's are as if they were not there.
     *
     * @param statusId the post being edited; null for a new one
     */
    List<Long> attachable(Account author, Long statusId, List<Long> wanted) {
        List<Long> ids = wanted.stream().distinct().toList();
        if (ids.isEmpty()) {
            return ids;
        }
        if (ids.size() > StatusLimits.MEDIA) {
            throw Refusal.invalid("Cannot attach more than %d files".formatted(StatusLimits.MEDIA));
        }
        Map<Long, MediaAttachment> owned = media.owned(author.id(), ids).stream()
            .filter(attachment -> attachment.statusId().isEmpty() || statusId != null && attachment.statusId().getAsLong() == statusId)
            .collect(Collectors.toMap(MediaAttachment::id, Function.identity()));
        if (owned.size() != ids.size()) {
            throw Refusal.invalid("Media attachments could not be found or are already in use");
        }
        if (owned.values().stream().anyMatch(attachment -> !attachment.isReady())) {
            throw Refusal.invalid("Cannot attach files that have not finished processing. Try again in a moment!");
        }
        if (ids.size() > 1 && owned.values().stream().anyMatch(MediaAttachment::isMoving)) {
            throw Refusal.invalid("Cannot attach a video to a post that already contains images");
        }
        return ids;
    }
}
