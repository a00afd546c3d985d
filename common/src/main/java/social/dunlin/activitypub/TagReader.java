package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import social.dunlin.text.EmojiCode;
import social.dunlin.text.SafeUrl;

/** Reads {@code tag}: a list or one object. Tags of other types and unusable ones are left out. */
final class TagReader {
    private static final int MAXIMUM_TAGS = 1000;
    private static final int MAXIMUM_NAME = 2048;

    private TagReader() {
    }

    static List<ApTag> read(ApObject object) {
        List<ApTag> tags = new ArrayList<>();
        for (JsonNode value : object.values("tag")) {
            ApTag tag = value instanceof ObjectNode json ? tag(new ApObject(json)) : null;
            if (tag != null && tags.size() < MAXIMUM_TAGS) {
                tags.add(tag);
            }
        }
        return List.copyOf(tags);
    }

    private static ApTag tag(ApObject tag) {
        String name = tag.string("name");
        if (name != null && name.length() > MAXIMUM_NAME + 2) {
            return null;
        }
        String href = tag.id("href");
        return switch (tag.type()) {
            case "Mention" -> href == null && name == null ? null : new ApTag.Mention(href, name);
            case "Hashtag" -> hashtag(href, name);
            case "Emoji" -> emoji(tag, name);
            case "Link" -> href == null ? null : new ApTag.Link(href, MediaReader.mediaType(tag), tag.string("rel"), name);
            default -> null;
        };
    }

    private static ApTag hashtag(String href, String name) {
        String bare = name == null ? "" : name.strip();
        bare = bare.startsWith("#") || bare.startsWith("\uFF03") ? bare.substring(1) : bare;
        return bare.isEmpty() ? null : new ApTag.Hashtag(SafeUrl.http(href), bare);
    }

    private static ApTag emoji(ApObject tag, String name) {
        ApImage icon = MediaReader.image(tag, "icon");
        return icon == null ? null : EmojiCode.of(name)
                .map(code -> new ApTag.Emoji(tag.id(), code.code(), icon.url(), icon.mediaType(), tag.date("updated")))
                .orElse(null);
    }
}
