package social.dunlin.status;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.status.StatusDetails.Application;

/**
 * A post that has just been published.
 *
 * @param fresh nothing when it has more than that tells, or is the first post of a repeated idempotency key
 */
public record PublishedPost(Status status, Optional<Fresh> fresh) {
    /**
     * All there is to show of a post that has nothing but text and hashtags: nobody mentioned, no media, poll, quote, emoji or card.
     *
     * @param glance      as its author would see it at the moment of its commit
     * @param tags        names of its hashtags, in the order in which they are shown
     * @param application the client it was written with; null = none
     */
    public record Fresh(Account author, StatusGlance glance, List<String> tags, Application application) {
        Fresh withTags(Collection<String> names) {
            return new Fresh(author, glance, List.copyOf(names), application);
        }
    }
}
