package social.dunlin.activitypub;

/** A picture by its address; every other member may be null. */
public record ApImage(String url, String mediaType, String description, String blurhash) {
}
