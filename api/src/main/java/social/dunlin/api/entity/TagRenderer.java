package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import social.dunlin.activitypub.Uris;
import social.dunlin.domain.Domain;
import social.dunlin.search.FoundTag;
import social.dunlin.search.TagHistory;
import social.dunlin.search.TagSearch;
import social.dunlin.tag.TagFollows;
import social.dunlin.text.Hashtag;
import social.dunlin.visibility.Viewer;

/** Hashtags with their last week; two statements for a whole page. */
@ApplicationScoped
public class TagRenderer {
    private final TagSearch tags;
    private final TagFollows follows;

    public TagRenderer(TagSearch tags, TagFollows follows) {
        this.tags = tags;
        this.follows = follows;
    }

    public List<TagEntity> render(List<FoundTag> page, Domain domain, Viewer viewer) {
        List<Long> ids = page.stream().map(FoundTag::id).toList();
        Map<Long, List<TagHistory>> history = tags.history(ids);
        TagFollows.Ties ties = viewer.isAnonymous() ? TagFollows.Ties.NONE : follows.tiesOf(viewer.idOrNull(), ids);
        return page.stream().map(tag -> entity(Long.toString(tag.id()), tag.displayName(), history.get(tag.id()), domain,
            viewer.isAnonymous() ? null : ties.followed().contains(tag.id()), viewer.isAnonymous() ? null : ties.featured().contains(tag.id()))).toList();
    }

    /** Also for a valid name that nobody has used. */
    public TagEntity render(Hashtag hashtag, Domain domain, Viewer viewer) {
        return tags.byName(hashtag).map(tag -> render(List.of(tag), domain, viewer).getFirst())
            .orElseGet(() -> {
                Boolean no = viewer.isAnonymous() ? null : false;
                return entity("0", hashtag.display(), TagSearch.unused(), domain, no, no);
            });
    }

    private static TagEntity entity(String id, String name, List<TagHistory> history, Domain domain, Boolean following, Boolean featuring) {
        return new TagEntity(id, name, new Uris(domain.baseUrl()).tag(name), history.stream().map(TagEntity.Day::of).toList(), following, featuring);
    }
}
