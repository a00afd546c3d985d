package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Mastodon's Conversation. @param accounts the others, or the reader alone in a note to themself */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ConversationEntity(String id, boolean unread, List<AccountEntity> accounts, RawJson lastStatus) {
}
