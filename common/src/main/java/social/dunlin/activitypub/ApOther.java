package social.dunlin.activitypub;

/** A document of no kind we have a record for (a stamp, a key, a place); its members are read from the view. */
public record ApOther(String id, String type, ApObject source) implements ApEntity {
}
