package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import social.dunlin.text.PlainText;
import social.dunlin.text.SafeUrl;

/** Reads addresses, pictures and attachments. Only http and https addresses come through. */
final class MediaReader {
    private static final int MAXIMUM_ATTACHMENTS = 64;
    private static final int MAXIMUM_DESCRIPTION = 10_000;
    private static final int MAXIMUM_SIDE = 100_000;

    private MediaReader() {
    }

    /** The page for people: a Link that says text/html, else the first plain address, else the first Link. */
    static String pageUrl(ApObject object) {
        String plain = null;
        String linked = null;
        for (JsonNode value : object.values("url")) {
            if (value instanceof ObjectNode json) {
                ApObject link = new ApObject(json);
                String url = SafeUrl.http(linkTarget(link));
                if (url != null && "text/html".equals(mediaType(link))) {
                    return url;
                }
                linked = linked == null ? url : linked;
            } else if (plain == null && value.isTextual()) {
                plain = SafeUrl.http(value.textValue());
            }
        }
        return plain != null ? plain : linked;
    }

    private static String linkTarget(ApObject link) {
        String href = link.string("href");
        return href != null ? href : link.id("url") != null ? link.id("url") : link.id();
    }

    static String mediaType(ApObject object) {
        String type = object.string("mediaType");
        type = type != null ? type : object.string("mimeType");
        return type == null || type.length() > 200 ? null : type;
    }

    /** An icon or image: an object, an address, or a list of either. Of a list the first usable counts. */
    static ApImage image(ApObject owner, String name) {
        for (JsonNode value : owner.values(name)) {
            if (value instanceof ObjectNode json) {
                ApObject image = new ApObject(json);
                String url = mediaUrl(image, false);
                if (url != null) {
                    return new ApImage(url, mediaTypeOfMedia(image), description(image), blurhash(image));
                }
            } else if (value.isTextual() && SafeUrl.http(value.textValue()) != null) {
                return new ApImage(SafeUrl.http(value.textValue()), null, null, null);
            }
        }
        return null;
    }

    static List<ApAttachment> attachments(ApObject object) {
        List<ApAttachment> attachments = new ArrayList<>();
        for (JsonNode value : object.values("attachment")) {
            ApAttachment attachment = value instanceof ObjectNode json ? attachment(new ApObject(json))
                    : value.isTextual() ? bareLink(value.textValue()) : null;
            if (attachment != null && attachments.size() < MAXIMUM_ATTACHMENTS) {
                attachments.add(attachment);
            }
        }
        if (attachments.isEmpty() && (object.isA("Image") || object.isA("Audio"))) {
            ownMedia(object).ifPresent(attachments::add);
        }
        return List.copyOf(attachments);
    }

    /** A picture or recording that is the post itself (Hubzilla, Funkwhale): a Link with such a media type. */
    private static Optional<ApAttachment> ownMedia(ApObject object) {
        return object.objects("url").stream()
            .filter(link -> isMedia(mediaType(link)) && SafeUrl.http(linkTarget(link)) != null).findFirst()
            .map(link -> new ApAttachment(object.type(), false, SafeUrl.http(linkTarget(link)), mediaType(link), null, side(link, "width"),
                side(link, "height"), blurhash(object), null, null, duration(object), null));
    }

    private static boolean isMedia(String mediaType) {
        return mediaType != null && mediaType.matches("(?i)(?:image|video|audio)/.*");
    }

    private static ApAttachment bareLink(String address) {
        String url = SafeUrl.http(address);
        return url == null ? null
                : new ApAttachment("Link", true, url, null, null, null, null, null, null, null, null, null);
    }

    /** Null when there is no usable address: the post is shown without it. */
    private static ApAttachment attachment(ApObject attachment) {
        String type = attachment.type().isEmpty() ? "Document" : attachment.type();
        if (type.equals("PropertyValue")) {
            return null;
        }
        String mediaType = mediaTypeOfMedia(attachment);
        boolean media = isMedia(mediaType)
                || List.of("Image", "Video", "Audio").contains(type);
        String url = mediaUrl(attachment, !media);
        if (url == null) {
            return null;
        }
        boolean link = !media && (type.equals("Link") || type.equals("Page") || mediaType != null);
        List<Double> focus = focus(attachment);
        return new ApAttachment(type, link, url, mediaType, description(attachment), side(attachment, "width"),
                side(attachment, "height"), blurhash(attachment), focus.isEmpty() ? null : focus.get(0),
                focus.isEmpty() ? null : focus.get(1), duration(attachment), thumbnail(attachment));
    }

    /** The address in {@code href}, or in {@code url} as a string or Link; for media, a Link with a media type first. */
    private static String mediaUrl(ApObject object, boolean page) {
        String href = SafeUrl.http(object.string("href"));
        if (href != null) {
            return href;
        }
        if (page) {
            return pageUrl(object);
        }
        String first = null;
        for (JsonNode value : object.values("url")) {
            boolean link = value instanceof ObjectNode;
            String url = SafeUrl.http(link ? linkTarget(new ApObject((ObjectNode) value)) : value.asText(null));
            String type = link ? mediaType(new ApObject((ObjectNode) value)) : null;
            if (url != null && isMedia(type)) {
                return url;
            }
            first = first == null ? url : first;
        }
        return first;
    }

    private static String mediaTypeOfMedia(ApObject object) {
        String own = mediaType(object);
        return own != null ? own : object.objects("url").stream().map(MediaReader::mediaType)
                .filter(type -> type != null && !type.equals("text/html")).findFirst().orElse(null);
    }

    /** GoToSocial writes {@code summary}, the others {@code name}. */
    private static String description(ApObject object) {
        String text = object.string("summary");
        text = text != null && !text.isBlank() ? text : object.string("name");
        return text == null || text.isBlank() ? null : PlainText.truncate(text, MAXIMUM_DESCRIPTION);
    }

    /** Longer than nine by nine components take it is none. */
    private static String blurhash(ApObject object) {
        String hash = object.string("blurhash");
        return hash == null || hash.length() > 170 ? null : hash;
    }

    private static Integer side(ApObject object, String name) {
        Long side = object.number(name);
        return side == null || side < 1 || side > MAXIMUM_SIDE ? null : side.intValue();
    }

    private static List<Double> focus(ApObject object) {
        List<JsonNode> point = object.values("focalPoint");
        if (point.size() != 2) {
            return List.of();
        }
        Double x = ApObject.decimalOf(point.get(0));
        Double y = ApObject.decimalOf(point.get(1));
        boolean inside = x != null && y != null && Math.abs(x) <= 1 && Math.abs(y) <= 1;
        return inside ? List.of(x, y) : List.of();
    }

    private static Double duration(ApObject object) {
        String written = object.string("duration");
        if (written == null) {
            return null;
        }
        Double seconds = object.decimal("duration");
        if (seconds == null && written.length() < 32) {
            try {
                seconds = Duration.parse(written).toMillis() / 1000.0;
            } catch (DateTimeException | ArithmeticException notADuration) {
                return null;
            }
        }
        return seconds == null || seconds < 0 || seconds > 1e7 ? null : seconds;
    }

    private static String thumbnail(ApObject object) {
        ApImage icon = image(object, "icon");
        return icon == null ? null : icon.url();
    }
}
