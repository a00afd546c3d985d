package social.dunlin.oauth;

import java.util.OptionalLong;

/**
 * A token that was found to be valid.
 *
 * @param userId    empty for a client-credentials token
 * @param accountId the identity the token speaks for; empty for a client-credentials token
 * @param domainId  where that identity is at home: a token is worth nothing at another domain of this install
 */
public record AccessToken(long id, long applicationId, OptionalLong userId, OptionalLong accountId, OptionalLong domainId, Scopes scopes) {
    public boolean isUserToken() {
        return accountId.isPresent();
    }
}
