package social.dunlin.push;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.dunlin.id.ObjectUri;
import social.dunlin.notification.NotificationType;
import social.dunlin.refusal.Refusal;

/** The wishes to be woken: one per token, and gone with it. */
@ApplicationScoped
public class PushSubscriptions {
    /** What an alert can be about, as the entity has it. */
    public static final Set<String> ALERTS = Stream.of(NotificationType.values()).map(NotificationType::apiName).collect(Collectors.toUnmodifiableSet());
    private static final int LONGEST_ENDPOINT = 2000;

    private final PushSubscriptionStore store;

    PushSubscriptions(PushSubscriptionStore store) {
        this.store = store;
    }

    /**
     * Puts a subscription in the place of the one the token had. Refuses with 422 what could never be sent.
     *
     * @param publicKey  base64 of either alphabet, as is {@code authSecret}
     */
    public PushSubscription subscribe(long tokenId, long accountId, String endpoint, String publicKey, String authSecret, boolean standard,
                                      PushPolicy policy, Map<String, Boolean> alerts) {
        if (endpoint.length() > LONGEST_ENDPOINT || ObjectUri.tryParse(endpoint).isEmpty()) {
            throw Refusal.invalid("Endpoint is not a valid URL");
        }
        byte[] point = decoded(publicKey).filter(bytes -> PointP256.key(bytes).isPresent())
            .orElseThrow(() -> Refusal.invalid("Key p256dh is not a point of the curve P-256"));
        byte[] auth = decoded(authSecret).filter(bytes -> bytes.length == PushEncryption.AUTH_BYTES)
            .orElseThrow(() -> Refusal.invalid("Key auth is not %d bytes".formatted(PushEncryption.AUTH_BYTES)));
        return store.write(tokenId, new PushSubscription(0, accountId, endpoint, point, auth, standard, policy, alerts));
    }

    /** Changes what wakes; alerts not named are off. */
    public Optional<PushSubscription> change(long tokenId, PushPolicy policy, Map<String, Boolean> alerts) {
        return store.change(tokenId, policy, alerts);
    }

    public Optional<PushSubscription> ofToken(long tokenId) {
        return store.ofToken(tokenId);
    }

    public Optional<PushSubscription> byId(long id) {
        return store.byId(id);
    }

    public void unsubscribe(long tokenId) {
        store.deleteOfToken(tokenId);
    }

    /** Nobody is there any more. */
    public void drop(long id) {
        store.delete(id);
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text.strip().replace('+', '-').replace('/', '_').replaceAll("=+$", "")));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
