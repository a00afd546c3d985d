package social.dunlin.moderation;

import java.util.List;

/**
 * A report from another server.
 *
 * @param accountId  who reports: a person, or the actor of a server that does not say who
 * @param objectUris the reported accounts, posts and collections in any order; those that are not ours are passed over
 * @param comment    as it came: plain text or HTML; null = none
 * @param uri        id of the Flag; null = none
 */
public record RemoteReport(long accountId, List<String> objectUris, String comment, String uri) {
}
