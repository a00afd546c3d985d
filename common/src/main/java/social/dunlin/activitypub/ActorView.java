package social.dunlin.activitypub;

import java.time.Instant;
import java.util.List;

/**
 * A local actor as it is to be written.
 *
 * @param uris                of the domain the account lives on
 * @param handleDomain        what stands behind the {@code @}; may differ from the host of {@code uris}
 * @param type                Person, Service, Group, Organization or Application
 * @param displayName         plain text; null or empty for none
 * @param noteHtml            never null
 * @param publicKeyPem        RSA, SPKI
 * @param ed25519Multibase    Multikey form ({@code z6Mk…}); null when the account has no such key
 * @param icon                null for none, as {@code image}
 * @param fields              values are HTML
 * @param tags                emoji and hashtags of name, note and fields
 * @param movedTo             id of the new actor, or null
 * @param attributionDomains  hosts that may name this actor as author
 */
public record ActorView(Uris uris, String handleDomain, String username, String type, String displayName,
                        String noteHtml, String publicKeyPem, String ed25519Multibase, ApImage icon, ApImage image,
                        List<ApField> fields, List<ApTag> tags, List<String> alsoKnownAs, String movedTo,
                        boolean manuallyApprovesFollowers, boolean discoverable, boolean indexable, boolean suspended,
                        boolean memorial, List<String> attributionDomains, Instant published) {
    public String id() {
        return uris.actor(username);
    }
}
