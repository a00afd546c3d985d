package social.dunlin.api.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What an app needs of an invitation; Mastodon's, which has no name there. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record InviteEntity(String inviteCode, String instanceApiUrl) {
}
