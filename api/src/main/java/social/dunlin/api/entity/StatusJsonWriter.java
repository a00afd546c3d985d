package social.dunlin.api.entity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.dunlin.filter.ReaderFilters;
import social.dunlin.status.QuoteState;
import social.dunlin.status.StatusDetails.Flags;
import social.dunlin.status.StatusDetails.Quote;
import social.dunlin.status.StatusGlance;
import social.dunlin.status.Visibility;
import social.dunlin.visibility.QuotePermission;
import social.dunlin.visibility.QuoteVisibility;
import social.dunlin.visibility.QuotedView;
import social.dunlin.visibility.Viewer;

/** Puts kept posts and what is to be added for one reader together. Members stand in the order of {@link StatusEntity}. */
final class StatusJsonWriter {
    private static final int EXPECTED = 4_096;
    private static final int OTHER_MEMBERS = 1_024;

    private final ObjectMapper json;
    private final Viewer viewer;
    private final Map<Long, StatusGlance> glances;
    private final Map<Long, KeptStatus> posts;
    private final Map<Long, KeptAccount> people;
    private final Extras extras;
    private final ReaderFilters filters;

    StatusJsonWriter(ObjectMapper json, Viewer viewer, Map<Long, StatusGlance> glances, Map<Long, KeptStatus> posts, Map<Long, KeptAccount> people,
                     Extras extras, ReaderFilters filters) {
        this.json = json;
        this.viewer = viewer;
        this.glances = glances;
        this.posts = posts;
        this.people = people;
        this.extras = extras;
        this.filters = filters;
    }

    /** By post. @param reactions the emoji the reader answered with; @param cards those that are not kept */
    record Extras(Map<Long, Quote> quotes, Map<Long, QuotedView> views, Map<Long, PollEntity> polls, Map<Long, Set<String>> reactions,
                  Map<Long, PreviewCardEntity> cards) {
    }

    boolean has(long id) {
        KeptStatus post = posts.get(id);
        return post != null && people.containsKey(post.accountId);
    }

    RawJson one(long id) {
        JsonBytes out = new JsonBytes(EXPECTED);
        write(posts.get(id), 0, out);
        return new RawJson(out.toArray());
    }

    StatusJsonRenderer.Shared shared(long id) {
        KeptStatus post = posts.get(id);
        KeptStatus original = original(post);
        return new StatusJsonRenderer.Shared(one(id), Set.copyOf(posts.keySet()), Set.copyOf(people.keySet()), filterable(post),
            original == null ? post::words : original::words);
    }

    private KeptStatus original(KeptStatus post) {
        return post.isBoost() && has(post.reblogOfId) ? posts.get(post.reblogOfId) : null;
    }

    private static Set<Long> filterable(KeptStatus post) {
        return post.isBoost() ? Set.of(post.id, post.reblogOfId) : Set.of(post.id);
    }

    RawJson page(List<Long> ids) {
        JsonBytes out = JsonBytes.large(ids.size() * EXPECTED + OTHER_MEMBERS);
        out.add("[");
        boolean first = true;
        for (Long id : ids) {
            if (has(id)) {
                if (!first) {
                    out.add(",");
                }
                write(posts.get(id), 0, out);
                first = false;
            }
        }
        out.add("]");
        return new RawJson(out.finish());
    }

    /** @param depth 0 for the post asked for, 1 for one quoted in it */
    private void write(KeptStatus post, int depth, JsonBytes out) {
        StatusGlance glance = glances.get(post.id);
        KeptStatus original = original(post);
        post.write(0, out);
        out.add(",\"replies_count\":").add(glance.repliesCount()).add(",\"reblogs_count\":").add(glance.reblogsCount())
            .add(",\"favourites_count\":").add(glance.favouritesCount()).add(",\"quotes_count\":").add(glance.quotesCount());
        post.write(1, out);
        out.add(",\"reblog\":");
        if (original == null) {
            out.add("null");
        } else {
            write(original, depth, out);
        }
        if (viewer.is(post.accountId)) {
            post.writeApplication(out);
        }
        out.add(",\"account\":");
        people.get(post.accountId).write(glance.author(), out);
        post.write(2, out);
        out.add(",\"quote\":");
        writeQuote(post, depth, out);
        out.add(",\"quote_approval\":");
        (original == null ? post : original).writeApproval(permission(original == null ? post : original).apiName(), out);
        int part = 3;
        if (post.hasChangingCard) {
            add(",\"card\":", extras.cards.get(post.id), out);
        } else {
            post.write(part++, out);
        }
        add(",\"poll\":", extras.polls.get(post.id), out);
        if (!viewer.isAnonymous()) {
            writeMarks(post, original == null ? post : original, out);
        }
        post.write(part++, out);
        writeReactions(post, out);
        post.write(part, out);
    }

    private QuotePermission permission(KeptStatus post) {
        return post.isBoost() ? QuotePermission.DENIED
            : QuoteVisibility.decide(viewer, post.accountId, post.visibility, post.quotePolicy, glances.get(post.id).standing());
    }

    /** What the reader did, for a boost to the post inside. */
    private void writeMarks(KeptStatus post, KeptStatus original, JsonBytes out) {
        StatusGlance glance = glances.get(original.id);
        Flags flags = glance.flags() == null ? Flags.NONE : glance.flags();
        out.add(",\"favourited\":").add(flags.favourited()).add(",\"reblogged\":").add(flags.reblogged())
            .add(",\"muted\":").add(flags.muted()).add(",\"bookmarked\":").add(flags.bookmarked());
        if (viewer.is(post.accountId) && !post.isBoost() && post.visibility != Visibility.DIRECT) {
            out.add(",\"pinned\":").add(flags.pinned());
        }
        out.add(",\"filtered\":");
        if (filters.isEmpty()) {
            out.add("[]");
        } else {
            add("", FilterResults.of(filters, filterable(post), original::words), out);
        }
    }

    private void writeReactions(KeptStatus post, JsonBytes out) {
        Set<String> own = extras.reactions.getOrDefault(post.id, Set.of());
        if (post.reactions.isEmpty()) {
            out.add(",\"emoji_reactions\":[]");
        } else {
            add(",\"emoji_reactions\":", post.reactions.stream().map(each -> own.contains(each.name()) ? each.byReader() : each).toList(), out);
        }
    }

    /** One of the old kind that does not hold is no quote: its link stays in the text. */
    private void writeQuote(KeptStatus post, int depth, JsonBytes out) {
        Quote quote = extras.quotes.get(post.id);
        if (quote == null || quote.legacy() && quote.state() != QuoteState.ACCEPTED) {
            out.add("null");
        } else if (quote.state() != QuoteState.ACCEPTED) {
            writeQuote(quote.state().apiName(), null, depth, out);
        } else if (quote.quotedStatusId().isEmpty()) {
            writeQuote(QuoteState.DELETED.apiName(), null, depth, out);
        } else {
            long quotedId = quote.quotedStatusId().getAsLong();
            QuotedView view = extras.views.getOrDefault(quotedId, QuotedView.UNAUTHORIZED);
            writeQuote(view.apiName(), view.isGiven() ? quotedId : null, depth, out);
        }
    }

    private void writeQuote(String state, Long quotedId, int depth, JsonBytes out) {
        out.add("{\"state\":\"").add(state);
        if (depth > 0) {
            out.add("\",\"quoted_status_id\":");
            if (quotedId == null) {
                out.add("null");
            } else {
                out.add("\"").add(quotedId.longValue()).add("\"");
            }
        } else {
            out.add("\",\"quoted_status\":");
            if (quotedId == null || !has(quotedId)) {
                out.add("null");
            } else {
                write(posts.get(quotedId), depth + 1, out);
            }
        }
        out.add("}");
    }

    private void add(String name, Object entity, JsonBytes out) {
        try {
            out.add(name);
            if (entity == null) {
                out.add("null");
            } else {
                out.add(json.writeValueAsBytes(entity));
            }
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
