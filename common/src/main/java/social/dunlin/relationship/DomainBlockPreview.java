package social.dunlin.relationship;

/** What blocking a server would end. */
public record DomainBlockPreview(int following, int followers) {
}
