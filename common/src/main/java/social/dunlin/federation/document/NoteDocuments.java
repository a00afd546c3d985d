package social.dunlin.federation.document;

import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ActivityStreams;
import social.dunlin.activitypub.ApAttachment;
import social.dunlin.activitypub.ApPoll;
import social.dunlin.activitypub.ApQuote;
import social.dunlin.activitypub.ApTag;
import social.dunlin.activitypub.Audience;
import social.dunlin.activitypub.NoteView;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.emoji.CustomEmoji;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaAttachmentStore;
import social.dunlin.media.MediaMetadata;
import social.dunlin.media.MediaUrls;
import social.dunlin.status.Poll;
import social.dunlin.status.PollStore;
import social.dunlin.status.Status;
import social.dunlin.status.StatusDetailStore;
import social.dunlin.status.StatusDetails.Mentioned;
import social.dunlin.status.StatusDetails.Tag;
import social.dunlin.status.Visibility;

/** Local posts as other servers read them. A fixed number of statements for any number of posts. */
@ApplicationScoped
public class NoteDocuments {
    private final Database database;
    private final Domains domains;
    private final AccountStore accounts;
    private final StatusDetailStore details;
    private final PollStore polls;
    private final MediaAttachmentStore media;
    private final CustomEmojiStore emojis;
    private final MediaUrls urls;

    public NoteDocuments(Database database, Domains domains, AccountStore accounts, StatusDetailStore details, PollStore polls,
            MediaAttachmentStore media, CustomEmojiStore emojis, MediaUrls urls) {
        this.database = database;
        this.domains = domains;
        this.accounts = accounts;
        this.details = details;
        this.polls = polls;
        this.media = media;
        this.emojis = emojis;
        this.urls = urls;
    }

    public NoteView view(Status status) {
        return views(List.of(status)).get(status.id());
    }

    /** By id, in the order given. Boosts and posts that never leave this server are left out. */
    public Map<Long, NoteView> views(List<Status> statuses) {
        List<Status> notes = statuses.stream().filter(status -> status.local() && !status.isReblog() && status.visibility().federates()).toList();
        List<Long> ids = notes.stream().map(Status::id).toList();
        Page page = new Page(
            accounts.byIds(notes.stream().map(Status::accountId).toList()), details.mentions(ids), details.tags(ids),
            media.ofStatuses(ids), polls.ofStatuses(ids), links(ids),
            emojis.byKeys(notes.stream().flatMap(note -> note.emojis().stream()).map(code -> new CustomEmoji.Key("", code)).toList()));
        Map<Long, NoteView> views = new LinkedHashMap<>();
        notes.forEach(note -> views.put(note.id(), view(note, page)));
        return views;
    }

    private record Page(Map<Long, Account> authors, Map<Long, List<Mentioned>> mentions, Map<Long, List<Tag>> tags,
                        Map<Long, List<MediaAttachment>> media, Map<Long, Poll> polls, Map<Long, Links> links,
                        Map<CustomEmoji.Key, CustomEmoji> emojis) {
    }

    /** What a post points at, by uri. All may be null. */
    private record Links(String inReplyTo, String conversation, String context, ApQuote quote, String quotedAuthor) {
        private static final Links NONE = new Links(null, null, null, null, null);
    }

    private Map<Long, Links> links(Collection<Long> ids) {
        Map<Long, Links> links = new HashMap<>();
        database.list("""
            select status.id, case when parent.visibility in ('local', 'local-unlisted') then null
                else coalesce(parent.uri, status.in_reply_to_uri) end as in_reply_to,
              conversation.uri as conversation, conversation.context_uri, root.id as root_id, root_author.domain_id as root_domain_id,
              quoted.uri as quoted, quote.authorization_uri, quote.state, quote.legacy, quoted_author.uri as quoted_author
            from status
            left join status as parent on parent.id = status.in_reply_to_id
            left join conversation on conversation.id = status.conversation_id
            left join status as root on root.id = status.conversation_id and root.local and root.visibility in ('public', 'unlisted')
            left join account as root_author on root_author.id = root.account_id
            left join quote on quote.status_id = status.id and quote.state in ('accepted', 'pending')
            left join status as quoted on quoted.id = quote.quoted_status_id and quoted.visibility in ('public', 'unlisted', 'private')
            left join account as quoted_author on quoted_author.id = quoted.account_id and quoted_author.id <> status.account_id
            where status.id = any((select $1::bigint[])::bigint[])""",
            row -> links.put(row.getLong("id"), new Links(row.getString("in_reply_to"),
                row.getString("conversation"), context(row.getString("context_uri"), row.getLong("root_id"), row.getLong("root_domain_id")),
                quote(row), row.getString("quoted_author"))),
            (Object) ids.toArray(Long[]::new));
        return links;
    }

    /** The stamp is named only once it is checked. */
    private static ApQuote quote(Row row) {
        if (row.getString("quoted") == null) {
            return null;
        }
        return new ApQuote(row.getString("quoted"), row.getBoolean("legacy") ? ApQuote.Form.MISSKEY : ApQuote.Form.QUOTE,
            row.getString("state").equals("accepted") ? row.getString("authorization_uri") : null);
    }

    /** Who is quoted may read the quoting post, and is told of it like somebody mentioned (behaviours §13). */
    private static List<String> addressed(Status status, List<Mentioned> mentions, Links links) {
        List<String> people = new ArrayList<>(mentions.stream().map(Mentioned::uri).toList());
        if (links.quotedAuthor != null && status.visibility() != Visibility.DIRECT && !people.contains(links.quotedAuthor)) {
            people.add(links.quotedAuthor);
        }
        return people;
    }

    /** The collection of the thread's posts (FEP-7888): the one its root's server told, or ours when the root is from here. */
    private String context(String told, Long rootId, Long rootDomainId) {
        return rootId == null ? told : new Uris(domains.byId(rootDomainId).baseUrl()).context(rootId);
    }

    private NoteView view(Status status, Page page) {
        Account author = page.authors.get(status.accountId());
        Uris uris = new Uris(domains.byId(author.domainId().orElseThrow()).baseUrl());
        List<Mentioned> mentions = page.mentions.getOrDefault(status.id(), List.of());
        Links links = page.links.getOrDefault(status.id(), Links.NONE);
        return new NoteView(status.uri(), status.pageUrl(), author.uri(),
            Audience.of(status.visibility(), uris.followers(author.username()), addressed(status, mentions, links)),
            status.spoilerText(), status.content(), status.language(), status.sensitive(), status.createdAt(), status.editedAt(),
            links.inReplyTo, links.conversation, links.context,
            page.media.getOrDefault(status.id(), List.of()).stream().map(attachment -> attachment(uris, attachment)).toList(),
            tags(uris, status, mentions, page), poll(page.polls.get(status.id())),
            links.quote,
            quotePolicy(status, author, uris), (long) status.favouritesCount(), (long) status.reblogsCount());
    }

    private static List<ApTag> tags(Uris uris, Status status, List<Mentioned> mentions, Page page) {
        List<ApTag> tags = new ArrayList<>();
        mentions.forEach(person -> tags.add(new ApTag.Mention(person.uri(), "@" + person.username() + "@" + person.host())));
        page.tags.getOrDefault(status.id(), List.of()).forEach(tag -> tags.add(new ApTag.Hashtag(uris.tag(tag.name()), tag.displayName())));
        Set<String> seen = new HashSet<>();
        status.emojis().stream().filter(seen::add).map(code -> page.emojis.get(new CustomEmoji.Key("", code)))
            .filter(emoji -> emoji != null).forEach(emoji -> tags.add(ActorDocuments.tag(uris, emoji)));
        return tags;
    }

    private ApAttachment attachment(Uris uris, MediaAttachment attachment) {
        String type = switch (attachment.type()) {
            case "image" -> "Image";
            case "video", "gifv" -> "Video";
            case "audio" -> "Audio";
            default -> "Document";
        };
        MediaMetadata meta = MediaMetadata.of(attachment.meta());
        return new ApAttachment(type, false, attachment.blob() == null ? attachment.remoteUrl() : urls.of(uris.base(), attachment.blob()),
            attachment.contentType(), attachment.description(), meta.width(), meta.height(), attachment.blurhash(),
            attachment.focusX() == null ? null : (double) attachment.focusX(), attachment.focusY() == null ? null : (double) attachment.focusY(),
            meta.duration(), attachment.previewBlob() == null ? null : urls.of(uris.base(), attachment.previewBlob()));
    }

    private static ApPoll poll(Poll poll) {
        if (poll == null) {
            return null;
        }
        boolean over = poll.isExpired(Instant.now());
        boolean told = over || !poll.hideTotals();
        List<ApPoll.Option> options = new ArrayList<>();
        for (int index = 0; index < poll.options().size(); index++) {
            options.add(new ApPoll.Option(poll.options().get(index), told ? (long) poll.tallies().get(index) : null));
        }
        return new ApPoll(poll.multiple(), options, poll.expiresAt(), over,
            poll.votersCount() == null ? null : (long) poll.votersCount());
    }

    private static NoteView.QuotePolicy quotePolicy(Status status, Account author, Uris uris) {
        return new NoteView.QuotePolicy(List.of(switch (status.quotePolicy().toLowerCase(Locale.ROOT)) {
            case "public" -> ActivityStreams.PUBLIC;
            case "followers" -> uris.followers(author.username());
            default -> author.uri();
        }), List.of());
    }
}
