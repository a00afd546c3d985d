package social.dunlin.activitypub;

/** A FEP-521a key of {@code assertionMethod}. */
public record ApMultikey(String id, String controller, String publicKeyMultibase) {
}
