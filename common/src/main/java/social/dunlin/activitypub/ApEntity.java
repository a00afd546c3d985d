package social.dunlin.activitypub;

/** What a document turned out to be. */
public sealed interface ApEntity permits ApActor, ApNote, ApActivity, ApCollection, ApTombstone, ApOther {
    String id();

    String type();

    /** The view the record was read from. */
    ApObject source();
}
