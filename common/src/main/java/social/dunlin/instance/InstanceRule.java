package social.dunlin.instance;

/** A rule of a served domain; {@code hint} may be empty. */
public record InstanceRule(long id, String text, String hint) {
}
