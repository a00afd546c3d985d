package social.dunlin.api.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Somebody to follow, and why. @param source the older word for the reason */
@RegisterForReflection
public record SuggestionEntity(String source, List<String> sources, AccountEntity account) {
    public static SuggestionEntity of(AccountEntity account, boolean byFriends) {
        return byFriends ? new SuggestionEntity("past_interactions", List.of("friends_of_friends"), account)
            : new SuggestionEntity("global", List.of("most_followed"), account);
    }
}
