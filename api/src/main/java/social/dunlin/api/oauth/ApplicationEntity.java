package social.dunlin.api.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import social.dunlin.oauth.Application;
import social.dunlin.oauth.ApplicationService;

/**
 * CredentialApplication of the Mastodon API.
 *
 * @param redirectUri all of them, one per line: the older form of {@code redirectUris}
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ApplicationEntity(String id, String name, String website, List<String> scopes, String redirectUri, List<String> redirectUris,
                                @JsonInclude(JsonInclude.Include.NON_NULL) String clientId,
                                @JsonInclude(JsonInclude.Include.NON_NULL) String clientSecret,
                                @JsonInclude(JsonInclude.Include.NON_NULL) Integer clientSecretExpiresAt,
                                String vapidKey) {
    static ApplicationEntity withoutSecret(Application application, String vapidKey) {
        return of(application, null, null, null, vapidKey);
    }

    static ApplicationEntity of(ApplicationService.Registration registration, String vapidKey) {
        return of(registration.application(), registration.application().clientId(), registration.clientSecret(), 0, vapidKey);
    }

    private static ApplicationEntity of(Application application, String clientId, String secret, Integer expiresAt, String vapidKey) {
        return new ApplicationEntity(Long.toString(application.id()), application.name(), application.website(),
            List.copyOf(application.scopes().names()), String.join("\n", application.redirectUris()), application.redirectUris(),
            clientId, secret, expiresAt, vapidKey);
    }
}
