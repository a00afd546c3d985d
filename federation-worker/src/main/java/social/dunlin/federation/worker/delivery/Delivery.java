package social.dunlin.federation.worker.delivery;

/**
 * A leased delivery.
 *
 * @param accountId who signs
 * @param attempts  failed ones so far
 * @param scheme    the signature form the host is known to take; null = not known yet
 * @param healthy   the host is known to take what it gets, so that another success is no news
 * @param synchronises whether the receiver is told who of its people follow the signer
 * @param silenced  the signer was suspended meanwhile, and this is not its last word
 */
public record Delivery(long id, long activityId, long accountId, String inboxUrl, String host, int attempts, String scheme, boolean healthy, String body,
                       boolean synchronises, boolean silenced) {
    /** For logs: without the body. */
    @Override
    public String toString() {
        return "delivery " + id + " to " + host;
    }
}
