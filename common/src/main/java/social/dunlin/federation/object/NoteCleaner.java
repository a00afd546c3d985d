package social.dunlin.federation.object;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Entities;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ActivityStreams;
import social.dunlin.activitypub.Addressing;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApAttachment;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApObject;
import social.dunlin.activitypub.ApPoll;
import social.dunlin.activitypub.ApQuote;
import social.dunlin.activitypub.ApSourceText;
import social.dunlin.activitypub.ApTag;
import social.dunlin.id.ObjectUri;
import social.dunlin.status.RemoteStatus;
import social.dunlin.text.EmojiCode;
import social.dunlin.text.HtmlSanitizer;
import social.dunlin.text.MarkdownFormatter;
import social.dunlin.text.PlainText;
import social.dunlin.text.SafeUrl;
import social.dunlin.text.TextFormat;

/** From a post as another server wrote it to the plain, cleaned data we store. Asks nobody. */
final class NoteCleaner {
    private static final int MAXIMUM_CONTENT = 500_000;
    private static final int MAXIMUM_TITLE = 2048;
    private static final int MAXIMUM_TYPE = 64;
    private static final int MAXIMUM_DESCRIPTION = 10_000;
    private static final int MAXIMUM_ATTACHMENTS = 16;
    private static final int MAXIMUM_HASHTAGS = 100;
    private static final int MAXIMUM_EMOJIS = 100;
    private static final int MAXIMUM_POLL_OPTIONS = 500;
    private static final Set<String> MICROBLOG = Set.of("Note", "Question", "ChatMessage");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private NoteCleaner() {
    }

    /**
     * @param carrier  the activity that brought it; null when it was fetched
     * @param mentions the people it addresses, as far as they are stored here
     */
    static RemoteStatus clean(ApNote note, ApActivity carrier, Account author, List<RemoteStatus.Mention> mentions) {
        String url = pageUrl(note);
        return new RemoteStatus(note.id(), url, author.id(), note.type().isEmpty() ? "Object" : PlainText.truncate(note.type(), MAXIMUM_TYPE),
            Addressing.visibility(note, carrier, author.followersUrl()),
            title(note), PlainText.plainText(warning(note), MAXIMUM_TITLE), content(note, url),
            note.sourceText() == null ? null : note.sourceText().content(),
            note.sourceText() == null ? null : note.sourceText().mediaType(),
            note.language(), note.sensitive(), note.inReplyTo(),
            note.conversation() != null ? note.conversation() : note.context(),
            quote(note.quote()), quotePolicy(note, author),
            note.published(), note.updated(), mentions,
            note.hashtags().stream().map(ApTag.Hashtag::name).filter(Objects::nonNull).limit(MAXIMUM_HASHTAGS).toList(),
            note.attachments().stream().map(NoteCleaner::attachment).flatMap(Optional::stream).limit(MAXIMUM_ATTACHMENTS).toList(),
            note.emojis().stream().map(NoteCleaner::emoji).flatMap(Optional::stream).limit(MAXIMUM_EMOJIS).toList(),
            poll(note.poll()), null);
    }

    /** The page for people counts only on the post's own host; elsewhere it could pose as another server's. */
    private static String pageUrl(ApNote note) {
        return ObjectUri.tryParse(note.url()).filter(url -> url.host().equals(ObjectUri.parse(note.id()).host()))
            .map(ObjectUri::value).orElse(null);
    }

    private static String title(ApNote note) {
        return note.name() == null ? null : PlainText.plainText(note.name(), MAXIMUM_TITLE);
    }

    /** The summary of a long text is an abstract, not a warning (FEP-b2b8). */
    private static String warning(ApNote note) {
        return isMicroblog(note) ? note.summary() : null;
    }

    /** Notes and their like, but not those that are all title (lotide). */
    private static boolean isMicroblog(ApNote note) {
        return MICROBLOG.contains(note.type()) && (note.name() == null || note.content() != null);
    }

    /**
     * A title is shown above the text, for clients know no titles. Long kinds without a text of their own still say
     * something: their abstract, what they link to, and where they are. A kind nobody here knows is a title with an
     * abstract and a link.
     */
    private static String content(ApNote note, String url) {
        boolean hasAbstract = !isMicroblog(note) && note.summary() != null && !note.summary().equals(note.name());
        String text = usable(note.content()) ? note.content() : markdown(note).orElseGet(() -> hasAbstract ? note.summary() : "");
        String heading = note.name() == null ? "" : "<h2>" + Entities.escape(title(note)) + "</h2>";
        String html = heading + HtmlSanitizer.sanitize(PlainText.truncate(text, MAXIMUM_CONTENT));
        if (heading.isEmpty() && isMicroblog(note)) {
            // Nothing was put beside it, so it is clean as a whole.
            return html;
        }
        return HtmlSanitizer.sanitize(isMicroblog(note) ? html : html + occasion(note) + links(note, url));
    }

    private static boolean usable(String content) {
        return content != null && !content.isBlank();
    }

    /** Some send what was typed and leave the HTML out. */
    private static Optional<String> markdown(ApNote note) {
        return Optional.ofNullable(note.sourceText()).filter(source -> TextFormat.MARKDOWN.mediaType().equals(source.mediaType()))
            .map(ApSourceText::content).filter(NoteCleaner::usable)
            .map(source -> MarkdownFormatter.format(PlainText.truncate(source, MAXIMUM_CONTENT)));
    }

    /** An event without its time and place is none. */
    private static String occasion(ApNote note) {
        if (note.startTime() == null) {
            return "";
        }
        String until = note.endTime() == null || note.endTime().equals(note.startTime()) ? "" : " \u2013 " + MINUTE.format(note.endTime());
        ApObject location = note.source().object("location");
        String place = location == null ? "" : PlainText.plainText(location.string("name"), MAXIMUM_TITLE);
        return "<p>" + MINUTE.format(note.startTime()) + until + " UTC" + (place.isEmpty() ? "" : ", " + Entities.escape(place)) + "</p>";
    }

    /** What it is about may live elsewhere: the address of a link post (Lemmy, lotide, Friendica). */
    private static String links(ApNote note, String url) {
        Stream<String> attached = note.attachments().stream().filter(ApAttachment::link).map(ApAttachment::url).limit(MAXIMUM_ATTACHMENTS);
        return Stream.of(attached, Stream.ofNullable(note.url()), Stream.of(url == null ? note.id() : url)).flatMap(each -> each)
            .map(SafeUrl::http).filter(Objects::nonNull).distinct().map(NoteCleaner::link).collect(Collectors.joining());
    }

    private static String link(String url) {
        return "<p><a href=\"" + Entities.escape(url) + "\" rel=\"nofollow noopener\" target=\"_blank\">" + Entities.escape(url) + "</a></p>";
    }

    /** Links are no media; titled kinds have them in their text. What has no safe address is left out. */
    private static Optional<RemoteStatus.Attachment> attachment(ApAttachment attachment) {
        String url = SafeUrl.http(attachment.url());
        if (url == null || attachment.link()) {
            return Optional.empty();
        }
        String description = attachment.description() == null ? null : PlainText.truncate(attachment.description(), MAXIMUM_DESCRIPTION);
        return Optional.of(new RemoteStatus.Attachment(mediaKind(attachment), url, SafeUrl.http(attachment.thumbnailUrl()),
            attachment.mediaType(), description, attachment.blurhash(), attachment.width(), attachment.height(),
            attachment.focusX(), attachment.focusY()));
    }

    private static String mediaKind(ApAttachment attachment) {
        String type = attachment.mediaType() == null ? attachment.type() : attachment.mediaType();
        String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
        return lower.startsWith("image") ? "image" : lower.startsWith("video") ? "video" : lower.startsWith("audio") ? "audio" : "unknown";
    }

    private static Optional<RemoteStatus.Emoji> emoji(ApTag.Emoji emoji) {
        String icon = SafeUrl.http(emoji.url());
        return icon == null ? Optional.empty()
            : EmojiCode.of(emoji.code()).map(code -> new RemoteStatus.Emoji(code.code(), emoji.id(), icon));
    }

    private static RemoteStatus.Poll poll(ApPoll poll) {
        if (poll == null || poll.options().isEmpty()) {
            return null;
        }
        List<ApPoll.Option> options = poll.options().stream().limit(MAXIMUM_POLL_OPTIONS).toList();
        return new RemoteStatus.Poll(
            options.stream().map(option -> PlainText.plainText(option.title(), MAXIMUM_TITLE)).toList(),
            options.stream().map(option -> count(option.votes())).toList(),
            poll.multiple(), poll.voters() == null ? null : count(poll.voters()), poll.endsAt(),
            poll.closed() ? Objects.requireNonNullElse(poll.endsAt(), Instant.now()) : null);
    }

    private static int count(Long number) {
        return number == null ? 0 : (int) Math.clamp(number, 0, RemoteStatus.Poll.MAXIMUM_VOTES);
    }

    private static RemoteStatus.Quote quote(ApQuote quote) {
        return quote == null ? null : new RemoteStatus.Quote(quote.target(), quote.authorization(), quote.form() != ApQuote.Form.QUOTE);
    }

    /** A hint only (FEP-044f): who may quote without being asked. A server that says nothing knows no consent. */
    private static String quotePolicy(ApNote note, Account author) {
        ApObject policy = note.interactionPolicy() == null ? null : note.interactionPolicy().object("canQuote");
        if (policy == null) {
            return "unknown";
        }
        List<String> automatic = policy.addresses("automaticApproval");
        if (automatic.contains(ActivityStreams.PUBLIC)) {
            return "public";
        }
        if (author.followersUrl() != null && automatic.contains(author.followersUrl())) {
            return "followers";
        }
        boolean onlyAuthor = Stream.concat(automatic.stream(), policy.addresses("manualApproval").stream()).allMatch(author.uri()::equals);
        return onlyAuthor ? "nobody" : "manual";
    }
}
