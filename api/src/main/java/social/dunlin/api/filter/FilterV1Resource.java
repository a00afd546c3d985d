package social.dunlin.api.filter;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.DeprecatedSince;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.FilterV1Entity;
import social.dunlin.api.request.Parameters;
import social.dunlin.filter.Filter;
import social.dunlin.filter.FilterAction;
import social.dunlin.filter.FilterChange;
import social.dunlin.filter.FilterChange.KeywordChange;
import social.dunlin.filter.FilterService;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.PlainText;

/** {@code /api/v1/filters}, the older form: each is one keyword of a filter, by the keyword's id (behaviours §17). */
@Path("/api/v1/filters")
@RunOnVirtualThread
@DeprecatedSince("2022-11-14")
@Produces(MediaType.APPLICATION_JSON)
public class FilterV1Resource {
    private final FilterService filters;
    private final Parameters parameters;
    private final Caller caller;

    public FilterV1Resource(FilterService filters, Parameters parameters, Caller caller) {
        this.filters = filters;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:filters")
    public List<FilterV1Entity> list() {
        return filters.list(caller.accountId()).stream()
            .flatMap(filter -> filter.keywords().stream().map(keyword -> FilterV1Entity.of(filter, keyword))).toList();
    }

    @GET
    @Path("/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "read:filters")
    public FilterV1Entity get(@PathParam("id") long id) {
        return answer(filters.keyword(caller.accountId(), id));
    }

    @POST
    @Access(value = Level.USER_TOKEN, scopes = "write:filters")
    public FilterV1Entity create() {
        String phrase = parameters.text("phrase").orElse(null);
        Filter made = filters.create(caller.accountId(), new FilterChange(title(phrase), FilterForm.contexts(parameters), action(), FilterForm.expiry(parameters),
            List.of(new KeywordChange(null, phrase, parameters.flag("whole_word", false), false))));
        return FilterV1Entity.of(made, made.keywords().getFirst());
    }

    @PUT
    @Path("/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "write:filters")
    public FilterV1Entity update(@PathParam("id") long id) {
        Filter filter = filters.get(caller.accountId(), filters.keyword(caller.accountId(), id).filterId());
        boolean shared = parameters.has("context") || parameters.has("irreversible") || parameters.has("expires_in");
        if (shared && filter.keywords().size() > 1) {
            throw Refusal.unprocessable("The filter has several keywords: these parameters cannot be changed from this application");
        }
        String phrase = parameters.text("phrase").orElse(null);
        filters.update(caller.accountId(), filter.id(), new FilterChange(filter.keywords().size() > 1 ? null : title(phrase),
            FilterForm.contexts(parameters), parameters.has("irreversible") ? action() : null, FilterForm.expiry(parameters),
            List.of(new KeywordChange(id, phrase, parameters.flag("whole_word").orElse(null), false))));
        return answer(filters.keyword(caller.accountId(), id));
    }

    /** With its last keyword a filter goes too, unless it has single posts. */
    @DELETE
    @Path("/{id:[0-9]+}")
    @Access(value = Level.USER_TOKEN, scopes = "write:filters")
    public Map<String, String> remove(@PathParam("id") long id) {
        Filter filter = filters.get(caller.accountId(), filters.keyword(caller.accountId(), id).filterId());
        if (filter.keywords().size() == 1 && filter.statuses().isEmpty()) {
            filters.remove(caller.accountId(), filter.id());
        } else {
            filters.removeKeyword(caller.accountId(), id);
        }
        return Map.of();
    }

    /** A phrase may be longer than a title. */
    private static String title(String phrase) {
        return phrase == null ? null : PlainText.truncate(phrase, 256);
    }

    private FilterAction action() {
        return parameters.flag("irreversible", false) ? FilterAction.HIDE : FilterAction.WARN;
    }

    private FilterV1Entity answer(Filter.Keyword keyword) {
        return FilterV1Entity.of(filters.get(caller.accountId(), keyword.filterId()), keyword);
    }
}
