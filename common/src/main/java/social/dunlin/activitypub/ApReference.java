package social.dunlin.activitypub;

/**
 * A value that may be an id or an embedded object.
 *
 * @param id       null when an embedded object has none
 * @param embedded null for a plain IRI; content of another host than the sender's is never to be trusted
 */
public record ApReference(String id, ApObject embedded) {
}
