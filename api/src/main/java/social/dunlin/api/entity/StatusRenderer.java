package social.dunlin.api.entity;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.Uris;
import social.dunlin.api.access.AskedDomain;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.emoji.CustomEmoji;
import social.dunlin.emoji.CustomEmoji.Key;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.filter.Filters;
import social.dunlin.filter.ReaderFilters;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaAttachmentStore;
import social.dunlin.status.Poll;
import social.dunlin.status.PollStore;
import social.dunlin.status.PublishedPost.Fresh;
import social.dunlin.status.QuoteState;
import social.dunlin.status.Status;
import social.dunlin.status.StatusDetailStore;
import social.dunlin.status.StatusDetails.Application;
import social.dunlin.status.StatusDetails.Flags;
import social.dunlin.status.StatusDetails.Mentioned;
import social.dunlin.status.StatusDetails.Quote;
import social.dunlin.status.StatusDetails.Tag;
import social.dunlin.status.StatusStore;
import social.dunlin.status.Visibility;
import social.dunlin.visibility.QuotePermission;
import social.dunlin.visibility.QuoteVisibility;
import social.dunlin.visibility.QuotedView;
import social.dunlin.visibility.Viewer;

/**
 * Posts as the API shows them to one reader. A page of any size costs the same handful of statements. Whoever calls has
 * asked {@link social.dunlin.visibility.StatusVisibility} for the posts themselves; quoted posts are asked for here.
 */
@Singleton
public class StatusRenderer {
    private final StatusStore statuses;
    private final StatusDetailStore details;
    private final MediaAttachmentStore media;
    private final PollStore polls;
    private final AccountStore accounts;
    private final CustomEmojiStore emojis;
    private final CustomEmojiRenderer emojiRenderer;
    private final QuoteVisibility visibility;
    private final Filters filters;
    private final Domains domains;
    private final AskedDomain asked;
    private final AccountRenderer accountRenderer;
    private final MediaRenderer mediaRenderer;
    private final PollRenderer pollRenderer;
    private final EmojiReactionRenderer reactions;
    private final PreviewCardRenderer cards;

    public StatusRenderer(StatusStore statuses, StatusDetailStore details, MediaAttachmentStore media, PollStore polls, AccountStore accounts,
                          CustomEmojiStore emojis, CustomEmojiRenderer emojiRenderer, QuoteVisibility visibility, Filters filters, Domains domains, AskedDomain asked,
                          AccountRenderer accountRenderer, MediaRenderer mediaRenderer, PollRenderer pollRenderer,
                          EmojiReactionRenderer reactions, PreviewCardRenderer cards) {
        this.statuses = statuses;
        this.details = details;
        this.media = media;
        this.polls = polls;
        this.accounts = accounts;
        this.emojis = emojis;
        this.emojiRenderer = emojiRenderer;
        this.visibility = visibility;
        this.filters = filters;
        this.domains = domains;
        this.asked = asked;
        this.accountRenderer = accountRenderer;
        this.mediaRenderer = mediaRenderer;
        this.pollRenderer = pollRenderer;
        this.reactions = reactions;
        this.cards = cards;
    }

    public StatusEntity render(Status status, Viewer viewer) {
        return render(List.of(status), viewer).getFirst();
    }

    /** The same posts in the same order. */
    public List<StatusEntity> render(Collection<Status> page, Viewer viewer) {
        Map<Long, StatusEntity> entities = renderById(page, viewer);
        return page.stream().map(status -> entities.get(status.id())).toList();
    }

    public Map<Long, StatusEntity> renderById(Collection<Status> page, Viewer viewer) {
        if (page.isEmpty()) {
            return Map.of();
        }
        Parts parts = parts(page, viewer);
        Map<Long, StatusEntity> result = new HashMap<>();
        page.forEach(status -> result.put(status.id(), entity(status, parts, 0)));
        return result;
    }

    /**
     * A post or boost as far as it is the same for all readers until its row changes: alone, without what it boosts or quotes.
     *
     * @param quote        it quotes something
     * @param changingCard its card shows an account, or something of it to the author whom the page names
     * @param application  null when it was not written with a client
     */
    record Bare(Status status, StatusEntity entity, boolean quote, boolean changingCard, StatusEntity.ApplicationView application,
                List<Mentioned> mentioned) {
    }

    List<Bare> renderBare(Collection<Status> statuses) {
        Parts parts = load(statuses, Map.of(), Map.of(), Viewer.anonymous());
        Map<Long, Quote> quotes = details.quotes(parts.statuses.keySet());
        Set<Long> claimed = cards.claimedOf(parts.cards.keySet());
        Map<Long, Application> applications = details.applications(statuses.stream().filter(status -> status.applicationId().isPresent())
            .map(status -> status.applicationId().getAsLong()).collect(Collectors.toSet()));
        return statuses.stream().map(status -> new Bare(status, entity(status, parts, 0), quotes.containsKey(status.id()), claimed.contains(status.id()),
            application(status, applications), parts.mentions.getOrDefault(status.id(), List.of()))).toList();
    }

    /** The same of a post that has nothing but text and hashtags, without reading anything; without its author. */
    Bare renderBare(Status status, Fresh fresh) {
        Map<Long, List<Tag>> tags = Map.of(status.id(), fresh.tags().stream().map(name -> new Tag(status.id(), name, name)).toList());
        Parts parts = new Parts(Viewer.anonymous(), Map.of(status.id(), status), Map.of(status.accountId(), fresh.author()), Map.of(), Map.of(), tags,
            Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), ReaderFilters.NONE);
        return new Bare(status, entity(status, parts, 0), false, false, view(fresh.application()), List.of());
    }

    private Parts parts(Collection<Status> page, Viewer viewer) {
        Map<Long, Status> shown = new LinkedHashMap<>();
        page.forEach(status -> shown.put(status.id(), status));
        shown.putAll(statuses.byIds(page.stream().filter(Status::isReblog).map(Status::originalId).filter(id -> !shown.containsKey(id)).distinct().toList()));
        Map<Long, Quote> quotes = new HashMap<>(details.quotes(shown.keySet()));
        Map<Long, Status> quotedStatuses = statuses.byIds(quotedIds(quotes));
        quotes.putAll(details.quotes(quotedStatuses.keySet()));
        Map<Long, QuotedView> quotedViews = visibility.viewsOf(viewer, quotedIds(quotes));
        quotedStatuses.values().stream().filter(status -> quotedViews.containsKey(status.id())).forEach(status -> shown.putIfAbsent(status.id(), status));
        return load(shown.values(), quotes, quotedViews, viewer);
    }

    private static Set<Long> quotedIds(Map<Long, Quote> quotes) {
        Set<Long> ids = new HashSet<>();
        quotes.values().stream().filter(quote -> quote.state() == QuoteState.ACCEPTED).forEach(quote -> quote.quotedStatusId().ifPresent(ids::add));
        return ids;
    }

    /** All that belongs to a page, loaded at once. */
    private record Parts(Viewer viewer, Map<Long, Status> statuses, Map<Long, Account> authors, Map<Long, AccountEntity> accounts,
                         Map<Long, List<Mentioned>> mentions, Map<Long, List<Tag>> tags, Map<Long, List<MediaAttachment>> media,
                         Map<Long, PollEntity> polls, Map<Long, List<CustomEmojiEntity>> emojis, Map<Long, Flags> flags,
                         Map<Long, Application> applications, Map<Long, Quote> quotes, Map<Long, QuotedView> quotedViews,
                         Map<Long, QuotePermission> permissions, Map<Long, List<EmojiReactionEntity>> reactions, Map<Long, PreviewCardEntity> cards,
                         ReaderFilters filters) {
    }

    private Parts load(Collection<Status> shown, Map<Long, Quote> quotes, Map<Long, QuotedView> quotedViews, Viewer viewer) {
        Map<Long, Status> byId = shown.stream().collect(Collectors.toMap(Status::id, status -> status));
        Set<Long> ids = byId.keySet();
        Map<Long, Account> authors = accounts.byIds(shown.stream().map(Status::accountId).collect(Collectors.toSet()));
        Map<Long, List<CustomEmojiEntity>> emojisByStatus = emojis(shown, authors);
        Map<Long, Poll> pollsByStatus = polls.ofStatuses(ids);
        Map<Long, PollEntity> pollEntities = pollRenderer.render(pollsByStatus.values(), emojisByStatus, viewer);
        Map<Long, PollEntity> pollEntitiesByStatus = new HashMap<>();
        pollsByStatus.forEach((statusId, poll) -> pollEntitiesByStatus.put(statusId, pollEntities.get(poll.id())));
        Set<Long> applications = shown.stream().filter(status -> viewer.is(status.accountId()) && status.applicationId().isPresent())
            .map(status -> status.applicationId().getAsLong()).collect(Collectors.toSet());
        return new Parts(viewer, byId, authors, accountRenderer.render(authors.values()), details.mentions(ids), details.tags(ids),
            media.ofStatuses(ids), pollEntitiesByStatus, emojisByStatus,
            viewer.isAnonymous() ? Map.of() : details.flags(viewer.idOrNull(), ids), details.applications(applications), quotes,
            quotedViews, visibility.permissions(viewer, shown), reactions.render(ids, viewer), cards.render(ids, viewer),
            viewer.isAnonymous() ? ReaderFilters.NONE : filters.of(viewer.idOrNull()));
    }

    private Map<Long, List<CustomEmojiEntity>> emojis(Collection<Status> shown, Map<Long, Account> authors) {
        Set<Key> keys = new HashSet<>();
        shown.forEach(status -> status.emojis().forEach(code -> keys.add(new Key(emojiHost(status, authors), code))));
        Map<Key, CustomEmoji> known = emojis.byKeys(keys);
        Map<Long, List<CustomEmojiEntity>> result = new HashMap<>();
        shown.forEach(status -> result.put(status.id(), emojiRenderer.render(status.emojis().stream()
            .map(code -> known.get(new Key(emojiHost(status, authors), code))))));
        return result;
    }

    private static String emojiHost(Status status, Map<Long, Account> authors) {
        return status.local() ? "" : authors.get(status.accountId()).host();
    }

    /** @param depth 0 for the post asked for, 1 for one quoted in it */
    private StatusEntity entity(Status status, Parts parts, int depth) {
        Viewer viewer = parts.viewer;
        Account author = parts.authors.get(status.accountId());
        Status original = status.isReblog() ? parts.statuses.get(status.originalId()) : null;
        Flags flags = viewer.isAnonymous() ? null : parts.flags.getOrDefault(status.originalId(), Flags.NONE);
        StatusEntity entity = new StatusEntity(
            Long.toString(status.id()), ApiTime.of(status.createdAt()),
            status.inReplyToId().isPresent() ? Long.toString(status.inReplyToId().getAsLong()) : null,
            status.inReplyToAccountId().isPresent() ? Long.toString(status.inReplyToAccountId().getAsLong()) : null,
            status.sensitive(), status.spoilerText(), status.visibility().apiName(), status.language(), status.uri(), status.pageUrl(),
            status.repliesCount(), status.reblogsCount(), status.favouritesCount(), status.quotesCount(), ApiTime.of(status.editedAt()),
            status.content(), null,
            original == null ? null : entity(original, parts, depth), application(status, parts.applications), parts.accounts.get(status.accountId()),
            parts.media.getOrDefault(status.id(), List.of()).stream().map(each -> mediaRenderer.render(each, author)).toList(),
            parts.mentions.getOrDefault(status.id(), List.of()).stream().map(this::mention).toList(),
            tags(author, parts.tags.getOrDefault(status.id(), List.of())),
            parts.emojis.getOrDefault(status.id(), List.of()),
            quote(status, parts, depth), quoteApproval(original == null ? status : original, parts), parts.cards.get(status.id()), parts.polls.get(status.id()),
            flags == null ? null : flags.favourited(), flags == null ? null : flags.reblogged(), flags == null ? null : flags.muted(),
            flags == null ? null : flags.bookmarked(),
            flags != null && viewer.is(status.accountId()) && pinnable(status) ? flags.pinned() : null,
            flags == null ? null : List.of(), List.of(), parts.reactions.getOrDefault(status.id(), List.of()));
        return parts.filters.isEmpty() ? entity : entity.withFiltered(FilterResults.of(parts.filters, entity));
    }

    private static boolean pinnable(Status status) {
        return !status.isReblog() && status.visibility() != Visibility.DIRECT;
    }

    private static StatusEntity.ApplicationView application(Status status, Map<Long, Application> applications) {
        return view(status.applicationId().isPresent() ? applications.get(status.applicationId().getAsLong()) : null);
    }

    private static StatusEntity.ApplicationView view(Application application) {
        return application == null ? null : new StatusEntity.ApplicationView(application.name(), application.website());
    }

    private StatusEntity.MentionEntity mention(Mentioned mentioned) {
        boolean neighbour = mentioned.local() && mentioned.host().equals(asked.get().name());
        return new StatusEntity.MentionEntity(Long.toString(mentioned.accountId()), mentioned.username(),
            mentioned.url() == null ? mentioned.uri() : mentioned.url(),
            neighbour ? mentioned.username() : mentioned.username() + "@" + mentioned.host());
    }

    private List<StatusEntity.TagView> tags(Account author, List<Tag> tags) {
        Domain domain = author.isLocal() ? domains.byId(author.domainId().getAsLong()) : asked.get();
        Uris uris = new Uris(domain.baseUrl());
        return tags.stream().map(tag -> new StatusEntity.TagView(tag.name(), uris.tag(tag.name()))).toList();
    }

    /** One of the old kind that does not hold is no quote: its link stays in the text. */
    private Object quote(Status status, Parts parts, int depth) {
        Quote quote = parts.quotes.get(status.id());
        if (quote == null || quote.legacy() && quote.state() != QuoteState.ACCEPTED) {
            return null;
        }
        if (quote.state() != QuoteState.ACCEPTED || quote.quotedStatusId().isEmpty()) {
            return quote(quote.state() == QuoteState.ACCEPTED ? QuoteState.DELETED.apiName() : quote.state().apiName(), null, parts, depth);
        }
        long quotedId = quote.quotedStatusId().getAsLong();
        QuotedView view = parts.quotedViews.getOrDefault(quotedId, QuotedView.UNAUTHORIZED);
        return quote(view.apiName(), view.isGiven() ? quotedId : null, parts, depth);
    }

    private Object quote(String state, Long quotedId, Parts parts, int depth) {
        if (depth > 0) {
            return new ShallowQuoteEntity(state, quotedId == null ? null : Long.toString(quotedId));
        }
        Status quoted = quotedId == null ? null : parts.statuses.get(quotedId);
        return new QuoteEntity(state, quoted == null ? null : entity(quoted, parts, depth + 1));
    }

    private static StatusEntity.QuoteApproval quoteApproval(Status status, Parts parts) {
        String policy = status.quotePolicy();
        return new StatusEntity.QuoteApproval(policy.equals("public") || policy.equals("followers") ? List.of(policy) : List.of(),
            policy.equals("manual") ? List.of("public") : List.of(),
            parts.permissions.getOrDefault(status.id(), QuotePermission.DENIED).apiName());
    }
}
