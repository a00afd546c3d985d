package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** An account in the list of mutes. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record MutedAccountEntity(@JsonUnwrapped AccountEntity account, String muteExpiresAt) {
}
