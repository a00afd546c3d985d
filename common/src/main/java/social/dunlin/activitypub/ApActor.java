package social.dunlin.activitypub;

import java.time.Instant;
import java.util.List;

/**
 * An actor. Absent texts and ids are null, absent lists empty; the Boolean members are null when not told.
 *
 * @param url          the page for people, http(s) only
 * @param sharedInbox  from {@code endpoints} or the top level
 * @param publicKeys   at most ten
 * @param attributedTo owners or the moderators collection of a group
 */
public record ApActor(String id, String type, String preferredUsername, String webfinger, String name, String summary,
                      String url, String inbox, String sharedInbox, String outbox, String followers, String following,
                      String featured, String featuredTags, List<ApPublicKey> publicKeys,
                      List<ApMultikey> assertionMethods, ApImage icon, ApImage image, List<ApField> fields,
                      List<ApTag> tags, List<String> alsoKnownAs, String movedTo, boolean manuallyApprovesFollowers,
                      Boolean discoverable, Boolean indexable, boolean suspended, boolean memorial,
                      List<String> attributionDomains, List<String> attributedTo, String language, Instant published,
                      Instant updated, ApObject interactionPolicy, ApObject source) implements ApEntity {
    public List<ApTag.Emoji> emojis() {
        return tags.stream().filter(ApTag.Emoji.class::isInstance).map(ApTag.Emoji.class::cast).toList();
    }
}
