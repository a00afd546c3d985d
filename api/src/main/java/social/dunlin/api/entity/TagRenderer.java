package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import social.dunlin.activitypub.Uris;
import social.dunlin.domain.Domain;
import social.dunlin.search.FoundTag;
import social.dunlin.search.TagHistory;
import social.dunlin.search.TagSearch;
import social.dunlin.text.Hashtag;

/** Hashtags with their last week; one statement for a whole page. */
@ApplicationScoped
public class TagRenderer {
    private final TagSearch tags;

    public TagRenderer(TagSearch tags) {
        this.tags = tags;
    }

    public List<TagEntity> render(List<FoundTag> page, Domain domain) {
        Map<Long, List<TagHistory>> history = tags.history(page.stream().map(FoundTag::id).toList());
        return page.stream().map(tag -> entity(Long.toString(tag.id()), tag.displayName(), history.get(tag.id()), domain)).toList();
    }

    /** Also for a valid name that nobody has used. */
    public TagEntity render(Hashtag hashtag, Domain domain) {
        return tags.byName(hashtag).map(tag -> render(List.of(tag), domain).getFirst())
            .orElseGet(() -> entity(null, hashtag.display(), TagSearch.unused(), domain));
    }

    private static TagEntity entity(String id, String name, List<TagHistory> history, Domain domain) {
        return new TagEntity(id, name, new Uris(domain.baseUrl()).tag(name), history.stream().map(TagEntity.Day::of).toList());
    }
}
