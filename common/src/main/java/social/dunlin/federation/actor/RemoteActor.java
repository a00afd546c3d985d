package social.dunlin.federation.actor;

import java.time.Instant;
import java.util.List;

/**
 * An actor of another server, checked and cleaned, ready to be stored. Nullable: url, sharedInboxUrl, outboxUrl,
 * followersUrl, followingUrl, featuredUrl, movedTo, avatarUrl, headerUrl, discoverable, published.
 *
 * @param host   handle domain as WebFinger confirmed it
 * @param note   HTML, sanitised
 * @param fields JSON array of {@link social.dunlin.account.ProfileField}
 */
public record RemoteActor(
        String uri,
        String actorType,
        String username,
        String host,
        String url,
        String displayName,
        String note,
        String fields,
        String avatarUrl,
        String avatarDescription,
        String headerUrl,
        String headerDescription,
        List<Emoji> emojis,
        boolean locked,
        Boolean discoverable,
        boolean indexable,
        boolean hideCollections,
        boolean memorial,
        boolean suspendedByOrigin,
        List<String> alsoKnownAs,
        List<String> attributionDomains,
        String inboxUrl,
        String sharedInboxUrl,
        String outboxUrl,
        String followersUrl,
        String followingUrl,
        String featuredUrl,
        String movedTo,
        Instant published,
        List<Key> keys) {

    /** @param code without colons; {@code uri} may be null */
    public record Emoji(String code, String uri, String iconUrl) {
    }

    /**
     * @param algorithm {@code rsa}, {@code ed25519} or {@code p256}
     * @param publicKey PEM, SubjectPublicKeyInfo
     */
    public record Key(String keyId, String algorithm, String publicKey) {
    }
}
