package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import social.dunlin.moderation.AccountWarning;

/** Mastodon's AccountWarning. Words alone: nothing is done with it, it names no posts and there is nothing to appeal to. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record AccountWarningEntity(String id, String action, String text, List<String> statusIds, AccountEntity targetAccount, String appeal,
                                   String createdAt) {
    static AccountWarningEntity of(AccountWarning warning, AccountEntity target) {
        return new AccountWarningEntity(Long.toString(warning.id()), "none", warning.text(), null, target, null, ApiTime.of(warning.createdAt()));
    }
}
