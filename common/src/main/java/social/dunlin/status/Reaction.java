package social.dunlin.status;

/**
 * An emoji with which somebody answers a post.
 *
 * @param name one Unicode emoji, or the code of a custom one without its colons
 * @param url  the picture of a custom emoji; null for a Unicode one
 */
public record Reaction(String name, String url) {
}
