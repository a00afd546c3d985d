package social.dunlin.text;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The entities of one text in order of position; they never overlap. */
public record TextEntities(List<TextEntity> all) {
    public TextEntities {
        all = List.copyOf(all);
    }

    /** Every person named, once, in order of appearance. */
    public Set<MentionName> mentions() {
        Set<MentionName> names = new LinkedHashSet<>();
        for (TextEntity entity : all) {
            if (entity instanceof TextEntity.Mention mention) {
                names.add(mention.name());
            }
        }
        return names;
    }

    /** Every hashtag once, in the spelling that came first. */
    public List<Hashtag> hashtags() {
        Map<String, Hashtag> tags = new LinkedHashMap<>();
        for (TextEntity entity : all) {
            if (entity instanceof TextEntity.Tag tag) {
                tags.putIfAbsent(tag.hashtag().normalised(), tag.hashtag());
            }
        }
        return List.copyOf(tags.values());
    }

    /** Every address once, in order of appearance. */
    public Set<String> urls() {
        Set<String> urls = new LinkedHashSet<>();
        for (TextEntity entity : all) {
            if (entity instanceof TextEntity.Url url) {
                urls.add(url.url());
            }
        }
        return urls;
    }

    /** Every emoji code once, in order of appearance. */
    public Set<EmojiCode> emojis() {
        Set<EmojiCode> codes = new LinkedHashSet<>();
        for (TextEntity entity : all) {
            if (entity instanceof TextEntity.Emoji emoji) {
                codes.add(emoji.code());
            }
        }
        return codes;
    }
}
