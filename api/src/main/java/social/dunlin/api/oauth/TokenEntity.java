package social.dunlin.api.oauth;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import social.dunlin.oauth.TokenService;

/** @param createdAt seconds since 1970 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TokenEntity(String accessToken, String tokenType, String scope, long createdAt) {
    public static TokenEntity of(TokenService.Issued issued) {
        return new TokenEntity(issued.text(), "Bearer", issued.scopes().text(), issued.createdAt().getEpochSecond());
    }
}
