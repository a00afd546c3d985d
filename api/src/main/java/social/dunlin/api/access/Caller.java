package social.dunlin.api.access;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.domain.Domain;
import social.dunlin.oauth.AccessToken;
import social.dunlin.oauth.WebSession;
import social.dunlin.refusal.Refusal;
import social.dunlin.visibility.Viewer;

/** Who makes this request, and to which of our domains. Filled by {@link AccessFilter}. */
@RequestScoped
public class Caller {
    private final RoutingContext route;
    private final TokenGate gate;
    private final AccountStore accounts;
    private final ClientAddress addresses;
    private Domain domain;
    private AccessToken token;
    private OptionalLong accountId = OptionalLong.empty();
    private Account account;

    public Caller(RoutingContext route, TokenGate gate, AccountStore accounts, ClientAddress addresses) {
        this.route = route;
        this.gate = gate;
        this.accounts = accounts;
        this.addresses = addresses;
    }

    void becomes(AccessToken valid) {
        token = valid;
        accountId = valid.accountId();
    }

    void becomes(WebSession session) {
        accountId = OptionalLong.of(session.accountId());
    }

    /** For the rules of visibility: the account of the user token or session, or nobody. */
    public Viewer viewer() {
        return accountId.isPresent() ? Viewer.of(accountId.getAsLong()) : Viewer.anonymous();
    }

    /** The account that acts. Refuses with 422 when there is none, as Mastodon does on routes with an optional token. */
    public long accountId() {
        return accountId.orElseThrow(() -> Refusal.unprocessable("This method requires an authenticated user"));
    }

    /** The row of {@link #accountId()}, read once per request. */
    public Account account() {
        if (account == null) {
            account = accounts.byId(accountId()).orElseThrow(Refusal::unauthorized);
        }
        return account;
    }

    /** The served domain the request was made to, by its Host header; the default domain for an unknown host. */
    public Domain domain() {
        if (domain == null) {
            domain = gate.domain(route.request());
        }
        return domain;
    }

    /** The access token, when one was sent and asked for. */
    public Optional<AccessToken> token() {
        return Optional.ofNullable(token);
    }

    /** The address the request came from; behind a configured proxy, what the proxy says. */
    public String ip() {
        return addresses.of(route.request());
    }
}
