package social.dunlin.activitypub;

/** A profile field; {@code value} is HTML as it came. */
public record ApField(String name, String value) {
}
