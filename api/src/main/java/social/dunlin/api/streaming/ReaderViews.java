package social.dunlin.api.streaming;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.dunlin.api.entity.FilterResults;
import social.dunlin.api.entity.StatusJsonRenderer.Shared;
import social.dunlin.filter.Filters;
import social.dunlin.filter.ReaderFilters;
import social.dunlin.status.PollStore;
import social.dunlin.status.ReactionStore;
import social.dunlin.status.StatusDetailStore;
import social.dunlin.status.StatusDetails.Flags;
import social.dunlin.status.StatusStore;
import social.dunlin.visibility.QuotePermission;
import social.dunlin.visibility.QuoteVisibility;
import social.dunlin.visibility.QuotedView;

/** Loads what differs between the readers of one post: a statement of each kind, whatever their number. */
@ApplicationScoped
class ReaderViews {
    private final StatusStore statuses;
    private final StatusDetailStore details;
    private final PollStore polls;
    private final QuoteVisibility quotes;
    private final ReactionStore reactions;
    private final Filters filters;
    private final ObjectMapper json;

    ReaderViews(StatusStore statuses, StatusDetailStore details, PollStore polls, QuoteVisibility quotes, ReactionStore reactions, Filters filters,
                ObjectMapper json) {
        this.statuses = statuses;
        this.details = details;
        this.polls = polls;
        this.quotes = quotes;
        this.reactions = reactions;
        this.filters = filters;
        this.json = json;
    }

    /** Everybody's, by account. */
    record Loaded(Map<Long, Map<Long, Flags>> flags, Map<Long, Map<Long, QuotePermission>> permissions, Map<Long, Map<Long, QuotedView>> quoted,
                  Map<Long, Map<Long, List<Integer>>> votes, Map<Long, Map<Long, Set<String>>> reactions,
                  Map<Long, ArrayNode> filtered) {
        private static final ArrayNode NOTHING = JsonNodeFactory.instance.arrayNode();

        ReaderView personal(long account) {
            return new ReaderView(true, flags.getOrDefault(account, Map.of()), permissions.getOrDefault(account, Map.of()),
                quoted.getOrDefault(account, Map.of()), votes.getOrDefault(account, Map.of()), reactions.getOrDefault(account, Map.of()),
                filtered.getOrDefault(account, NOTHING));
        }

        ReaderView general(long account) {
            return new ReaderView(false, Map.of(), Map.of(), quoted.getOrDefault(account, Map.of()), Map.of(), Map.of(),
                filtered.getOrDefault(account, NOTHING));
        }
    }

    /**
     * @param all      everybody who gets the post
     * @param personal those of them who get it in a stream of their own
     */
    Loaded load(Shared shared, Set<Long> all, Set<Long> personal) {
        Set<Long> ids = shared.ids();
        Collection<Long> quoted = details.quotes(ids).values().stream().flatMap(quote -> quote.quotedStatusId().stream().boxed()).distinct().toList();
        List<Long> pollIds = polls.ofStatuses(ids).values().stream().map(poll -> poll.id()).toList();
        return new Loaded(details.flagsOf(personal, ids),
            personal.isEmpty() ? Map.of() : quotes.permissions(personal, statuses.byIds(ids).values()),
            quotes.viewsOf(all, quoted), polls.choicesOf(personal, pollIds), reactions.namesBy(personal, ids), filtered(shared, all));
    }

    private Map<Long, ArrayNode> filtered(Shared post, Set<Long> readers) {
        Map<Long, ReaderFilters> filtering = filters.ofAll(readers);
        Map<Long, ArrayNode> results = new HashMap<>();
        filtering.forEach((account, own) -> results.put(account, json.valueToTree(FilterResults.of(own, post.filterable(), post.words()))));
        return results;
    }
}
