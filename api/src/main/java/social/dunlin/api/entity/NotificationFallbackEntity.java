package social.dunlin.api.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Mastodon's NotificationFallback: what a client shows of a kind of notification that it does not know.
 *
 * @param title   HTML, in the reader's language
 * @param summary HTML; null = nothing more to say, or it is said in the title
 * @param details always null, as Mastodon's
 */
@RegisterForReflection
public record NotificationFallbackEntity(String title, String summary, String details) {
}
