package social.dunlin.api.suggestion;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.AccountEntity;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.api.request.Parameters;
import social.dunlin.api.search.AccountFinder;
import social.dunlin.suggestion.Suggestions;

/** {@code /api/v1/directory}: who wants to be found. */
@Path("/api/v1/directory")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class DirectoryResource {
    private final Suggestions suggestions;
    private final AccountRenderer accounts;
    private final Parameters parameters;
    private final Caller caller;

    public DirectoryResource(Suggestions suggestions, AccountRenderer accounts, Parameters parameters, Caller caller) {
        this.suggestions = suggestions;
        this.accounts = accounts;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.OPTIONAL_TOKEN, scopes = "read:accounts")
    public List<AccountEntity> directory() {
        return accounts.renderList(suggestions.directory(caller.viewer(), parameters.flag("local", false) ? caller.domain().id() : null,
            parameters.text("order").filter("new"::equals).isPresent(), AccountFinder.limit(parameters), AccountFinder.offset(parameters)));
    }
}
