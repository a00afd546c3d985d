package social.dunlin.api.suggestion;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import social.dunlin.api.entity.AccountEntity;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.search.AccountFinder;
import social.dunlin.suggestion.Suggestions;
import social.dunlin.suggestion.Suggestions.Suggestion;

/** {@code /api/v1/suggestions}: without the reasons, and not wanting somebody. */
@Path("/api/v1/suggestions")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SuggestionV1Resource {
    private final Suggestions suggestions;
    private final AccountRenderer accounts;
    private final Parameters parameters;
    private final Caller caller;

    public SuggestionV1Resource(Suggestions suggestions, AccountRenderer accounts, Parameters parameters, Caller caller) {
        this.suggestions = suggestions;
        this.accounts = accounts;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @DeprecatedSince("2021-05-16")
    @Access(value = Level.USER_TOKEN, scopes = "read:accounts")
    public List<AccountEntity> suggestions() {
        return accounts.renderList(suggestions.of(caller.accountId(), AccountFinder.limit(parameters), AccountFinder.offset(parameters)).stream()
            .map(Suggestion::account).toList());
    }

    @DELETE
    @Path("/{id}")
    @Access(value = Level.USER_TOKEN, scopes = "write:accounts")
    public Map<String, Object> dismiss(@PathParam("id") long id) {
        suggestions.dismiss(caller.accountId(), id);
        return Map.of();
    }
}
