package social.dunlin.push;

import java.util.Map;

/**
 * Somebody's wish to be woken.
 *
 * @param endpoint   where the push service takes messages for the subscriber
 * @param publicKey  the subscriber's point
 * @param authSecret shared with the subscriber alone
 * @param standard   encrypted by RFC 8291; otherwise by the draft that old clients know
 * @param alerts     kinds of notifications, as far as the client said anything of them
 */
public record PushSubscription(long id, long accountId, String endpoint, byte[] publicKey, byte[] authSecret, boolean standard, PushPolicy policy,
                               Map<String, Boolean> alerts) {
}
