package social.dunlin.activitypub;

import java.util.List;

/**
 * A collection or one page of it.
 *
 * @param totalItems null when not told
 * @param first      the first page, by id or embedded; null when the members are hidden or all inline
 * @param next       id of the next page, or null
 */
public record ApCollection(String id, String type, Long totalItems, ApReference first, String next, String partOf,
                           List<String> attributedTo, List<ApReference> items, ApObject source) implements ApEntity {
}
