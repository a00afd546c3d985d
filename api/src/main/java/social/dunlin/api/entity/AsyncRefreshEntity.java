package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import social.dunlin.federation.thread.ThreadRequests.Look;

/** Mastodon's AsyncRefresh. @param status running or finished */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record AsyncRefreshEntity(String id, String status, Integer resultCount) {
    public static Wrapped of(Look look) {
        return new Wrapped(new AsyncRefreshEntity(Long.toString(look.id()), look.running() ? "running" : "finished", look.found()));
    }

    /** Wrapped, as Mastodon answers. */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Wrapped(AsyncRefreshEntity asyncRefresh) {
    }
}
