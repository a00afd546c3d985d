package social.dunlin.federation.outbox;

/**
 * A follow between a local account and another that the other side is to hear of.
 *
 * @param accountId who tells; a local account
 * @param otherId   who is told
 * @param followUri id of the Follow; may be null
 */
public record FollowTold(long accountId, long otherId, String followUri) {
}
