package social.dunlin.api.trend;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.DeprecatedSince;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.PreviewCardEntity;
import social.dunlin.api.entity.PreviewCardRenderer;
import social.dunlin.api.entity.RawJson;
import social.dunlin.api.entity.StatusJsonRenderer;
import social.dunlin.api.entity.TagEntity;
import social.dunlin.api.entity.TagRenderer;
import social.dunlin.api.entity.TrendingLinkEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.search.AccountFinder;
import social.dunlin.card.PreviewCard;
import social.dunlin.search.TagHistory;
import social.dunlin.trend.Trends;

/** {@code /api/v1/trends}: paged by {@code offset}. */
@Path("/api/v1/trends")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TrendResource {
    private final Trends trends;
    private final TagRenderer tags;
    private final StatusJsonRenderer statuses;
    private final PreviewCardRenderer cards;
    private final Parameters parameters;
    private final Caller caller;

    public TrendResource(Trends trends, TagRenderer tags, StatusJsonRenderer statuses, PreviewCardRenderer cards, Parameters parameters, Caller caller) {
        this.trends = trends;
        this.tags = tags;
        this.statuses = statuses;
        this.cards = cards;
        this.parameters = parameters;
        this.caller = caller;
    }

    /** The older address of the hashtags. */
    @GET
    @DeprecatedSince("2022-03-30")
    @Access(Level.OPTIONAL_TOKEN)
    public List<TagEntity> trends() {
        return tags();
    }

    @GET
    @Path("/tags")
    @Access(Level.OPTIONAL_TOKEN)
    public List<TagEntity> tags() {
        return tags.render(trends.tags(limit(10, 20), AccountFinder.offset(parameters)), caller.domain(), caller.viewer());
    }

    @GET
    @Path("/statuses")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public List<RawJson> statuses() {
        return statuses.render(trends.statuses(caller.viewer(), limit(20, 40), AccountFinder.offset(parameters)), caller.viewer());
    }

    @GET
    @Path("/links")
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:statuses")
    public List<TrendingLinkEntity> links() {
        List<PreviewCard> found = trends.links(limit(10, 20), AccountFinder.offset(parameters));
        Map<Long, PreviewCardEntity> entities = cards.renderCards(found, caller.viewer());
        Map<Long, List<TagHistory>> history = trends.linkHistory(found.stream().map(PreviewCard::id).toList());
        return found.stream().map(card -> TrendingLinkEntity.of(entities.get(card.id()), history.get(card.id()))).toList();
    }

    private int limit(int fallback, int most) {
        return parameters.page(fallback, most).limit();
    }
}
