package social.dunlin.recall;

import social.dunlin.status.StatusGlance.AuthorCounts;

/**
 * An account as its row and its counters have it.
 *
 * @param domainId   0 for one of another server
 * @param username   in lower case as PostgreSQL has it
 * @param searchName the display name as search sees it, {@code search_name} of PostgreSQL
 * @param shut       suspended or deleted
 * @param limited    kept from public lists
 */
public record RecalledAuthor(long id, long domainId, String host, String username, String searchName, long version, boolean shut, boolean limited,
                             AuthorCounts counts) {
    int weight() {
        return 320 + 2 * (username.length() + searchName.length());
    }
}
