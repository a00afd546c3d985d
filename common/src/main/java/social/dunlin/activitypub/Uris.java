package social.dunlin.activitypub;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The addresses of one served domain. Their forms never change: other servers keep them for good.
 *
 * @param base scheme and host without a slash at the end: {@code https://example.com}, or {@code http} for trying out
 */
public record Uris(String base) {
    private static final Pattern BASE = Pattern.compile("https?://[^/?#\\s@]+");

    public Uris {
        if (!BASE.matcher(base).matches()) {
            throw new IllegalArgumentException("not a base address: " + base);
        }
    }

    /** Host with port where there is one. */
    public String host() {
        return base.substring(base.indexOf("://") + 3);
    }

    public String actor(String name) {
        return base + "/users/" + name;
    }

    public String profilePage(String name) {
        return base + "/@" + name;
    }

    public String inbox(String name) {
        return actor(name) + "/inbox";
    }

    public String outbox(String name) {
        return actor(name) + "/outbox";
    }

    public String followers(String name) {
        return actor(name) + "/followers";
    }

    public String following(String name) {
        return actor(name) + "/following";
    }

    /** Those of the followers who live at the asker's host (FEP-8fcf). */
    public String followersSynchronization(String name) {
        return actor(name) + "/followers_synchronization";
    }

    public String featured(String name) {
        return actor(name) + "/collections/featured";
    }

    public String featuredTags(String name) {
        return actor(name) + "/collections/tags";
    }

    /** The collections of accounts somebody made (FEP-7aa9). */
    public String featuredCollections(String name) {
        return actor(name) + "/collections";
    }

    public String collection(String name, long id) {
        return featuredCollections(name) + "/" + id;
    }

    /** A place in a collection made here. @param itemId as stored here */
    public static String collectionItem(String collection, long itemId) {
        return collection + "#items/" + itemId;
    }

    /** The consent of a local actor to stand in a collection. @param itemId of their place in it, as stored here */
    public static String featureAuthorization(String actor, long itemId) {
        return actor + "/feature_authorizations/" + itemId;
    }

    public String acceptFeature(String name, long id) {
        return actor(name) + "#accepts/features/" + id;
    }

    public String rejectFeature(String name, long id) {
        return actor(name) + "#rejects/features/" + id;
    }

    public String mainKey(String name) {
        return actor(name) + "#main-key";
    }

    public String ed25519Key(String name) {
        return actor(name) + "#ed25519-key";
    }

    public String sharedInbox() {
        return base + "/inbox";
    }

    public String instanceActor() {
        return base + "/actor";
    }

    public String instanceActorKey() {
        return instanceActor() + "#main-key";
    }

    public String status(String name, long id) {
        return actor(name) + "/statuses/" + id;
    }

    public String statusPage(String name, long id) {
        return profilePage(name) + "/" + id;
    }

    /** The posts of a thread that began here (FEP-7888), by the id of its first post. */
    public String context(long rootId) {
        return base + "/contexts/" + rootId;
    }

    /** The Create of a post, or the Announce when the post is a boost. */
    public String statusActivity(String name, long id) {
        return status(name, id) + "/activity";
    }

    public String statusUpdate(String name, long id, Instant at) {
        return status(name, id) + "#updates/" + at.toEpochMilli();
    }

    public String statusDelete(String name, long id) {
        return status(name, id) + "#delete";
    }

    public String actorUpdate(String name, Instant at) {
        return actor(name) + "#updates/" + at.toEpochMilli();
    }

    public String actorDelete(String name) {
        return actor(name) + "#delete";
    }

    public String move(String name, long id) {
        return actor(name) + "#moves/" + id;
    }

    public String follow(String name, long id) {
        return actor(name) + "#follows/" + id;
    }

    public String acceptFollow(String name, long id) {
        return actor(name) + "#accepts/follows/" + id;
    }

    public String rejectFollow(String name, long id) {
        return actor(name) + "#rejects/follows/" + id;
    }

    public String like(String name, long id) {
        return actor(name) + "#likes/" + id;
    }

    public String reaction(String name, long id) {
        return actor(name) + "#reactions/" + id;
    }

    public String quoteRequest(String name, long statusId) {
        return actor(name) + "#quote-requests/" + statusId;
    }

    public String acceptQuote(String name, long id) {
        return actor(name) + "#accepts/quotes/" + id;
    }

    public String rejectQuote(String name, long id) {
        return actor(name) + "#rejects/quotes/" + id;
    }

    /** The stamp under a quote of a post of {@code name}. @param statusId of the quoting post, as stored here */
    public String quoteAuthorization(String name, long statusId) {
        return actor(name) + "/quote_authorizations/" + statusId;
    }

    public String vote(String name, long id) {
        return actor(name) + "#votes/" + id;
    }

    public String block(String name, long id) {
        return actor(name) + "#blocks/" + id;
    }

    /** The Undo of an activity of ours. */
    public static String undo(String activityId) {
        return activityId + "/undo";
    }

    /** @param name without sign; percent-encoded where needed */
    public String tag(String name) {
        return base + "/tags/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
