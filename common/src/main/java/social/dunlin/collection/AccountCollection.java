package social.dunlin.collection;

import java.time.Instant;

/**
 * A collection of accounts that somebody made for others to see.
 *
 * @param uri          id at its origin
 * @param url          page for people; null = none
 * @param local        made here
 * @param description  plain text of those made here, else safe HTML
 * @param language     null = not said
 * @param discoverable stands on its maker's profile; the others are found by their address
 * @param tag          the hashtag it is about, as people write it; null = none
 */
public record AccountCollection(long id, String uri, String url, boolean local, long accountId, String name, String description, String language,
                                boolean sensitive, boolean discoverable, String tag, Instant createdAt, Instant updatedAt) {
}
