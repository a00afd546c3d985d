package social.dunlin.federation.delivery;

/**
 * A body to be sent, rendered once.
 *
 * @param accountId who signs
 * @param uri       id of the activity
 * @param subject   what it is about, e.g. a post's id: an inbox gets the activities of one subject in the order they
 *                  were made, so that a late retry of a Create cannot overtake its Delete
 * @param body      the exact JSON text
 * @param synchronises each delivery tells the receiver who of its people follow the signer (FEP-8fcf); for what only
 *                  followers get
 */
public record OutgoingActivity(long accountId, String uri, String subject, String body, boolean synchronises) {
    public OutgoingActivity(long accountId, String uri, String subject, String body) {
        this(accountId, uri, subject, body, false);
    }

    public OutgoingActivity synchronising(boolean wanted) {
        return new OutgoingActivity(accountId, uri, subject, body, wanted);
    }
}
