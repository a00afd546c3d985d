package social.dunlin.status;

/** How many reacted to a post with one emoji; {@code url} is the picture of a custom one, else null. */
public record ReactionCount(String name, String url, int count) {
}
