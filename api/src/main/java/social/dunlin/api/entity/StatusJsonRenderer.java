package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import social.dunlin.api.access.AskedDomain;
import social.dunlin.api.entity.StatusJsonWriter.Extras;
import social.dunlin.filter.FilterableText;
import social.dunlin.filter.Filters;
import social.dunlin.filter.ReaderFilters;
import social.dunlin.recall.Recall;
import social.dunlin.status.Poll;
import social.dunlin.status.PollStore;
import social.dunlin.status.PublishedPost;
import social.dunlin.status.QuoteState;
import social.dunlin.status.ReactionStore;
import social.dunlin.status.Status;
import social.dunlin.status.StatusDetailStore;
import social.dunlin.status.StatusDetails.Quote;
import social.dunlin.status.StatusGlance;
import social.dunlin.status.StatusGlances;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.status.StatusGlances.Listed;
import social.dunlin.visibility.QuoteVisibility;
import social.dunlin.visibility.QuotedView;
import social.dunlin.visibility.Viewer;

/**
 * Posts as the API shows them to one reader, as JSON put together from what {@link KeptPosts} keeps and what glances
 * tell. Equal, byte for byte, to what {@link StatusRenderer} gives; for a page without polls, quotes and answers by emoji
 * it needs no statement. Whoever calls has asked {@link social.dunlin.visibility.StatusVisibility} for the posts
 * themselves; quoted posts are asked for here.
 */
@Singleton
public class StatusJsonRenderer {
    private final StatusGlances glances;
    private final Recall recall;
    private final KeptPosts kept;
    private final StatusDetailStore details;
    private final QuoteVisibility visibility;
    private final PollStore polls;
    private final PollRenderer pollRenderer;
    private final ReactionStore reactions;
    private final PreviewCardRenderer cards;
    private final Filters filters;
    private final AskedDomain asked;
    private final ObjectMapper json;

    StatusJsonRenderer(StatusGlances glances, Recall recall, KeptPosts kept, StatusDetailStore details, QuoteVisibility visibility, PollStore polls,
                       PollRenderer pollRenderer, ReactionStore reactions, PreviewCardRenderer cards, Filters filters, AskedDomain asked, ObjectMapper json) {
        this.glances = glances;
        this.recall = recall;
        this.kept = kept;
        this.details = details;
        this.visibility = visibility;
        this.polls = polls;
        this.pollRenderer = pollRenderer;
        this.reactions = reactions;
        this.cards = cards;
        this.filters = filters;
        this.asked = asked;
        this.json = json;
    }

    /** The page as one array. */
    public RawJson renderPage(Glanced page, Viewer viewer) {
        return page.listed().isEmpty() ? new RawJson(new byte[] {'[', ']'}) : writer(page, viewer).page(page.ids());
    }

    /** One post, which was glanced at. */
    public RawJson renderOne(Glanced page, Viewer viewer) {
        return writer(page, viewer).one(page.ids().getFirst());
    }

    /** A post that the viewer may see. */
    public RawJson render(Status status, Viewer viewer) {
        return renderOne(glances.of(viewer, List.of(status.id())), viewer);
    }

    /** A post that its author has just published; when there is nothing special about it, without a statement. */
    public RawJson renderNew(PublishedPost post, Viewer viewer) {
        if (post.fresh().isEmpty()) {
            return render(post.status(), viewer);
        }
        StatusGlance glance = post.fresh().get().glance();
        kept.add(post.status(), post.fresh().get(), asked.get().id());
        return renderOne(new Glanced(List.of(new Listed(glance.id(), glance.id())), Map.of(glance.id(), glance)), viewer);
    }

    /** The same posts in the same order; those that have gone by now are left out. */
    public List<RawJson> render(List<Status> page, Viewer viewer) {
        return renderList(glances.of(viewer, page.stream().map(Status::id).toList()), viewer);
    }

    /** The same posts in the same order; those that have gone by now are left out. */
    public List<RawJson> renderList(Glanced page, Viewer viewer) {
        Map<Long, RawJson> written = renderById(page, viewer);
        return page.ids().stream().filter(written::containsKey).map(written::get).toList();
    }

    public Map<Long, RawJson> renderById(Collection<Long> ids, Viewer viewer) {
        return renderById(recall.decided(viewer, ids, () -> glances.of(viewer, ids)), viewer);
    }

    public Map<Long, RawJson> renderById(Glanced page, Viewer viewer) {
        Map<Long, RawJson> result = new LinkedHashMap<>();
        if (!page.listed().isEmpty()) {
            StatusJsonWriter writer = writer(page, viewer);
            page.ids().stream().filter(writer::has).forEach(id -> result.put(id, writer.one(id)));
        }
        return result;
    }

    /**
     * A post as far as it is the same for all its readers: nothing in it of what one did or may do, and every quoted post
     * is given. Whoever shows it to somebody adds the one and takes away the other.
     *
     * @param ids        the post and those within it
     * @param authors    theirs
     * @param filterable by which ids a filter may name it: its own, and that of the post it boosts
     * @param words      what filters look at
     */
    public record Shared(RawJson json, Set<Long> ids, Set<Long> authors, Set<Long> filterable, Supplier<FilterableText> words) {
    }

    /** Nothing when it has gone. */
    public Optional<Shared> renderShared(long statusId) {
        Glanced page = glances.of(Viewer.anonymous(), List.of(statusId));
        return page.listed().isEmpty() ? Optional.empty() : Optional.of(writer(page, Viewer.anonymous(), StatusJsonRenderer::allShown))
            .filter(writer -> writer.has(statusId)).map(writer -> writer.shared(statusId));
    }

    private static Map<Long, QuotedView> allShown(Set<Long> quoted) {
        return quoted.stream().collect(Collectors.toMap(id -> id, id -> QuotedView.SHOWN));
    }

    private StatusJsonWriter writer(Glanced page, Viewer viewer) {
        return writer(page, viewer, quoted -> visibility.viewsOf(viewer, quoted));
    }

    /** @param seen how the reader may see quoted posts */
    private StatusJsonWriter writer(Glanced page, Viewer viewer, Function<Set<Long>, Map<Long, QuotedView>> seen) {
        long domain = asked.get().id();
        Map<Long, StatusGlance> looked = page.byId();
        KeptPosts.Found found = kept.of(looked, domain);
        Map<Long, KeptStatus> posts = found.posts();
        Map<Long, KeptAccount> people = found.people();
        Map<Long, Quote> quotes = new HashMap<>();
        Map<Long, QuotedView> views = new HashMap<>();
        Set<Long> quoting = those(posts, post -> post.hasQuote);
        if (!quoting.isEmpty()) {
            quotes.putAll(details.quotes(quoting));
            views.putAll(seen.apply(quotedIds(quotes)));
            Glanced quoted = glances.of(viewer, views.keySet().stream().filter(id -> !page.byId().containsKey(id)).toList());
            looked = new HashMap<>(looked);
            looked.putAll(quoted.byId());
            KeptPosts.Found more = kept.of(quoted.byId(), domain);
            posts.putAll(more.posts());
            people.putAll(more.people());
            // What a quoted post quotes in turn is named, not shown.
            quotes.putAll(details.quotes(those(more.posts(), post -> post.hasQuote)));
            Set<Long> deeper = quotedIds(quotes);
            deeper.removeAll(views.keySet());
            views.putAll(seen.apply(deeper));
        }
        ReaderFilters own = viewer.isAnonymous() ? ReaderFilters.NONE : filters.of(viewer.idOrNull());
        return new StatusJsonWriter(json, viewer, looked, posts, people, extras(posts, viewer, quotes, views), own);
    }

    private static Set<Long> quotedIds(Map<Long, Quote> quotes) {
        Set<Long> ids = new HashSet<>();
        quotes.values().stream().filter(quote -> quote.state() == QuoteState.ACCEPTED).forEach(quote -> quote.quotedStatusId().ifPresent(ids::add));
        return ids;
    }

    /** What only few posts have. */
    private Extras extras(Map<Long, KeptStatus> posts, Viewer viewer, Map<Long, Quote> quotes, Map<Long, QuotedView> views) {
        Map<Long, PollEntity> pollEntities = new HashMap<>();
        Set<Long> withPoll = those(posts, post -> post.hasPoll);
        if (!withPoll.isEmpty()) {
            Map<Long, Poll> found = polls.ofStatuses(withPoll);
            Map<Long, PollEntity> rendered = pollRenderer.render(found.values(),
                withPoll.stream().collect(Collectors.toMap(id -> id, id -> posts.get(id).emojis)), viewer);
            found.forEach((statusId, poll) -> pollEntities.put(statusId, rendered.get(poll.id())));
        }
        Set<Long> answered = viewer.isAnonymous() ? Set.of() : those(posts, post -> !post.reactions.isEmpty());
        Map<Long, Set<String>> own = answered.isEmpty() ? Map.of() : reactions.namesBy(viewer.idOrNull(), answered);
        Set<Long> withCard = those(posts, post -> post.hasChangingCard);
        return new Extras(quotes, views, pollEntities, own, withCard.isEmpty() ? Map.of() : cards.render(withCard, viewer));
    }

    private static Set<Long> those(Map<Long, KeptStatus> posts, Predicate<KeptStatus> condition) {
        Set<Long> ids = Set.of();
        for (KeptStatus post : posts.values()) {
            if (condition.test(post)) {
                ids = ids.isEmpty() ? new HashSet<>() : ids;
                ids.add(post.id);
            }
        }
        return ids;
    }
}
