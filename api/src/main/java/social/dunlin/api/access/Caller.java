package social.dunlin.api.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.domain.Domain;
import social.dunlin.oauth.AccessToken;
import social.dunlin.refusal.Refusal;
import social.dunlin.visibility.Viewer;

/** Who makes this request, and to which of our domains. Filled by {@link AccessFilter}. */
@RequestScoped
public class Caller {
    private final AccountStore accounts;
    private Domain domain;
    private AccessToken token;
    private OptionalLong accountId = OptionalLong.empty();
    private Account account;

    public Caller(AccountStore accounts) {
        this.accounts = accounts;
    }

    void at(Domain requested) {
        domain = requested;
    }

    void becomes(AccessToken valid) {
        token = valid;
        accountId = valid.accountId();
    }

    void becomes(long sessionAccountId) {
        accountId = OptionalLong.of(sessionAccountId);
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
        return domain;
    }

    /** The access token, when one was sent and asked for. */
    public Optional<AccessToken> token() {
        return Optional.ofNullable(token);
    }
}
