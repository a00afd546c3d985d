package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Whom a post would reach besides those its author's client expected. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record UnexpectedMentionsEntity(String error, List<AccountEntity> unexpectedAccounts) {
}
