package social.dunlin.activitypub;

/** A key as published. {@code owner} may be null; {@code pem} is null when only the key's id was given. */
public record ApPublicKey(String id, String owner, String pem) {
}
