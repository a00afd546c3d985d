package social.dunlin.api.web;

import io.quarkus.qute.RawString;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import social.dunlin.api.entity.AccountEntity;
import social.dunlin.api.entity.CustomEmojiEntity;
import social.dunlin.api.entity.MediaAttachmentEntity;
import social.dunlin.api.entity.PollEntity;
import social.dunlin.api.entity.QuoteEntity;
import social.dunlin.api.entity.StatusEntity;
import social.dunlin.text.SafeUrl;

/**
 * Makes what a page shows of what the API says. The API's renderers have already asked who may see what and looked
 * everything up for the whole page, so pages and clients can never disagree.
 */
@ApplicationScoped
public class PostViews {
    private final Words words;

    public PostViews(Words words) {
        this.words = words;
    }

    public List<PostView> of(List<StatusEntity> statuses, String ownHost) {
        return statuses.stream().map(status -> of(status, ownHost)).toList();
    }

    public PostView of(StatusEntity shown, String ownHost) {
        StatusEntity status = shown.reblog() == null ? shown : shown.reblog();
        Locale locale = words.locale();
        return new PostView(
            status.id(),
            author(status.account(), ownHost),
            shown.reblog() == null ? null : author(shown.account(), ownHost),
            false,
            href(status.url(), status.uri()),
            warning(status),
            EmojiHtml.ofHtml(status.content(), status.emojis()),
            status.language(),
            Moment.of(status.createdAt(), locale),
            Moment.of(status.editedAt(), locale),
            status.visibility(),
            status.sensitive(),
            status.inReplyToId() != null,
            status.mediaAttachments().stream().map(this::attachment).toList(),
            status.poll() == null ? null : poll(status.poll(), locale),
            status.quote() instanceof QuoteEntity quote ? quote(quote, ownHost, locale) : null,
            count(status.repliesCount(), words.page()::post_replies),
            count(status.reblogsCount(), words.page()::post_boosts),
            count(status.favouritesCount(), words.page()::post_favourites));
    }

    public AuthorView author(AccountEntity account, String ownHost) {
        String plainName = account.displayName().isBlank() ? account.username() : account.displayName();
        boolean remote = account.acct().contains("@");
        return new AuthorView(EmojiHtml.ofText(plainName, account.emojis()), EmojiHtml.without(plainName, account.emojis()),
            "@" + account.acct() + (remote ? "" : "@" + ownHost), href(account.url(), account.uri()),
            account.avatarStatic(), remote, account.bot());
    }

    /** A number with its noun. */
    PostView.Count count(long number, Counted noun) {
        String text = NumberFormat.getIntegerInstance(words.locale()).format(number);
        return new PostView.Count(text, noun.of(number == 1));
    }

    /** A message of {@link PageMessages} that names what is counted. */
    interface Counted {
        String of(boolean one);
    }

    private static RawString warning(StatusEntity status) {
        return status.spoilerText().isBlank() ? null : EmojiHtml.ofText(status.spoilerText(), status.emojis());
    }

    private PostView.QuoteView quote(QuoteEntity quote, String ownHost, Locale locale) {
        StatusEntity quoted = quote.quotedStatus();
        if (quoted == null) {
            return PostView.QuoteView.hidden(reason(quote.state()));
        }
        return new PostView.QuoteView(author(quoted.account(), ownHost), href(quoted.url(), quoted.uri()), warning(quoted),
            EmojiHtml.ofHtml(quoted.content(), quoted.emojis()), quoted.language(), Moment.of(quoted.createdAt(), locale), null);
    }

    private String reason(String state) {
        PageMessages page = words.page();
        return switch (state) {
            case "pending" -> page.post_quote_pending();
            case "rejected", "revoked" -> page.post_quote_refused();
            case "deleted" -> page.post_quote_deleted();
            default -> page.post_quote_hidden();
        };
    }

    private AttachmentView attachment(MediaAttachmentEntity media) {
        PageMessages page = words.page();
        return switch (media.type()) {
            case "image" -> attachment(media, "image", page.post_image());
            case "video", "gifv" -> attachment(media, "video", page.post_video());
            case "audio" -> attachment(media, "audio", page.post_audio());
            default -> attachment(media, "unknown", page.post_unknown());
        };
    }

    private static AttachmentView attachment(MediaAttachmentEntity media, String icon, String kind) {
        String href = SafeUrl.http(media.url());
        boolean ours = media.remoteUrl() == null && href != null;
        int[] size = size(media, media.type().equals("image") && media.previewUrl() != null ? "small" : "original");
        return new AttachmentView(icon, kind, media.description() == null ? "" : media.description(), href, ours ? media.type() : "",
            ours ? SafeUrl.http(media.previewUrl()) : null, size[0], size[1]);
    }

    private static int[] size(MediaAttachmentEntity media, String which) {
        return media.meta().get(which) instanceof Map<?, ?> size && size.get("width") instanceof Integer width && size.get("height") instanceof Integer height
            ? new int[] {width, height} : new int[2];
    }

    private PollView poll(PollEntity poll, Locale locale) {
        List<Integer> votes = poll.options().stream().map(PollEntity.Option::votesCount).toList();
        boolean hidden = votes.contains(null);
        // Of a multiple choice poll the share is of people, as far as their number is known.
        int whole = poll.multiple() && poll.votersCount() != null && poll.votersCount() > 0 ? poll.votersCount() : poll.votesCount();
        int most = hidden ? 0 : votes.stream().mapToInt(Integer::intValue).max().orElse(0);
        List<PollView.Option> options = poll.options().stream().map(option -> option(option, poll.emojis(), whole, most)).toList();
        PostView.Count count = poll.votersCount() == null
            ? count(poll.votesCount(), words.page()::poll_votes) : count(poll.votersCount(), words.page()::poll_voters);
        return new PollView(options, poll.expired(), Moment.of(poll.expiresAt(), locale), count, hidden);
    }

    private static PollView.Option option(PollEntity.Option option, List<CustomEmojiEntity> emojis, int whole, int most) {
        Integer votes = option.votesCount();
        Integer percent = votes == null ? null : whole == 0 ? 0 : Math.toIntExact(Math.clamp(Math.round(100.0 * votes / whole), 0, 100));
        return new PollView.Option(EmojiHtml.ofText(option.title(), emojis), percent, votes != null && votes == most && most > 0);
    }

    /** The page if its address is one that may be followed, else the id, else nowhere. */
    private static String href(String url, String uri) {
        String page = SafeUrl.http(url);
        if (page != null) {
            return page;
        }
        String id = SafeUrl.http(uri);
        return id == null ? "/" : id;
    }
}
