package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Tags, pictures and attachments as they stand inside other documents. */
final class TagDocument {
    private TagDocument() {
    }

    static ArrayNode tags(List<ApTag> tags) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        tags.forEach(tag -> array.add(tag(tag)));
        return array;
    }

    static ObjectNode tag(ApTag tag) {
        ObjectNode json = Json.object();
        return switch (tag) {
            case ApTag.Mention(String href, String name) -> json.put("type", "Mention").put("href", href).put("name", name);
            case ApTag.Hashtag(String href, String name) ->
                    json.put("type", "Hashtag").put("href", href).put("name", "#" + name);
            case ApTag.Emoji emoji -> {
                json.put("id", emoji.id()).put("type", "Emoji").put("name", ":" + emoji.code() + ":");
                Json.putIfPresent(json, "updated", emoji.updated() == null ? null : Dates.write(emoji.updated()));
                json.set("icon", image(new ApImage(emoji.url(), emoji.mediaType(), null, null)));
                yield json;
            }
            case ApTag.Link link -> {
                Json.putIfPresent(json.put("type", "Link"), "mediaType", link.mediaType());
                Json.putIfPresent(json, "rel", link.rel()).put("href", link.href());
                yield Json.putIfPresent(json, "name", link.name());
            }
        };
    }

    static ObjectNode image(ApImage image) {
        ObjectNode json = Json.object().put("type", "Image");
        Json.putIfPresent(json, "mediaType", image.mediaType()).put("url", image.url());
        Json.putIfPresent(json, "name", image.description());
        return Json.putIfPresent(json, "blurhash", image.blurhash());
    }

    static ArrayNode attachments(List<ApAttachment> attachments) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        attachments.forEach(attachment -> array.add(attachment(attachment)));
        return array;
    }

    private static ObjectNode attachment(ApAttachment attachment) {
        ObjectNode json = Json.object().put("type", attachment.type());
        if (attachment.link()) {
            return json.put("href", attachment.url());
        }
        Json.putIfPresent(json, "mediaType", attachment.mediaType()).put("url", attachment.url())
                .put("name", attachment.description());
        Json.putIfPresent(json, "summary", attachment.description());
        if (attachment.width() != null && attachment.height() != null) {
            json.put("width", attachment.width()).put("height", attachment.height());
        }
        Json.putIfPresent(json, "blurhash", attachment.blurhash());
        if (attachment.focusX() != null && attachment.focusY() != null) {
            json.putArray("focalPoint").add(attachment.focusX()).add(attachment.focusY());
        }
        if (attachment.duration() != null) {
            json.put("duration", "PT" + attachment.duration() + "S");
        }
        if (attachment.thumbnailUrl() != null) {
            json.set("icon", image(new ApImage(attachment.thumbnailUrl(), null, null, null)));
        }
        return json;
    }
}
