package social.dunlin.oauth;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.refusal.Refusal;

/** Access tokens: given out, looked up, revoked. */
@ApplicationScoped
public class TokenService {
    private final TokenStore store;

    public TokenService(TokenStore store) {
        this.store = store;
    }

    /**
     * The token behind the text a client sent. Refuses with 401 when it is unknown or revoked, with 403
     * when its user may not act (texts as Mastodon's: clients show them).
     */
    public AccessToken authenticate(String text) {
        TokenStore.Found found = store.byHash(OpaqueSecret.hash(text)).orElseThrow(Refusal::unauthorized);
        if (!found.token().isUserToken()) {
            return found.token();
        }
        if (found.disabled() || found.suspended()) {
            throw Refusal.forbidden("Your login is currently disabled");
        }
        if (!found.confirmed()) {
            throw Refusal.forbidden("Your login is missing a confirmed e-mail address");
        }
        if (!found.approved()) {
            throw Refusal.forbidden("Your login is currently pending approval");
        }
        return found.token();
    }
}
