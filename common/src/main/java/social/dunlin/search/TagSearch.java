package social.dunlin.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.text.Hashtag;

/** Hashtags by their beginning. */
@ApplicationScoped
public class TagSearch {
    private final Database database;

    public TagSearch(Database database) {
        this.database = database;
    }

    /** The exact one first, then the shorter ones. Index: tag_name_prefix. */
    public List<FoundTag> find(String typed, int limit, int offset) {
        return Hashtag.of(typed).map(tag -> database.list("""
            select id, name, display_name from tag
            where name like $1 || '%'
            order by length(name), name
            limit $2 offset $3""",
            row -> new FoundTag(row.getLong("id"), row.getString("name"), row.getString("display_name")),
            Like.escaped(tag.normalised()), limit, offset)).orElse(List.of());
    }
}
