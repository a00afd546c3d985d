package social.dunlin.search;

/** A hashtag, {@code displayName} as people write it. */
public record FoundTag(long id, String name, String displayName) {
}
