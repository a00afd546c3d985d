package social.dunlin.activitypub;

/** The text a post was written in; {@code mediaType} may be null. */
public record ApSourceText(String content, String mediaType) {
}
