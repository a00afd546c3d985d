package social.dunlin.recall;

import social.dunlin.status.StatusGlance.AuthorCounts;

/**
 * An account as its row and its counters have it.
 *
 * @param domainId 0 for one of another server
 * @param host     null for one of ours
 * @param shut     suspended or deleted
 * @param limited  kept from public lists
 */
public record RecalledAuthor(long id, long domainId, String host, long version, boolean shut, boolean limited, AuthorCounts counts) {
}
