package social.dunlin.card;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * What a page says of itself by oEmbed, over what its HTML says. Of the HTML it offers only the address of a frame is
 * taken, for scripts come that way too.
 */
final class OembedReader {
    private OembedReader() {
    }

    static PageDetails merge(PageDetails page, JsonNode oembed) {
        return switch (oembed.path("type").asText()) {
            case "video" -> video(page, oembed);
            case "photo" -> photo(page, oembed);
            case "link" -> named(page, oembed, page.type(), page.embedUrl(), page.width(), page.height(), page.imageUrl());
            // Rich ones are scripts nearly always.
            default -> page;
        };
    }

    private static PageDetails video(PageDetails page, JsonNode oembed) {
        Element frame = Jsoup.parseBodyFragment(text(oembed, "html")).selectFirst("iframe[src]");
        String url = frame == null ? null : PageReader.embeddable(frame.attr("src"));
        return url == null ? named(page, oembed, page.type(), page.embedUrl(), page.width(), page.height(), page.imageUrl())
            : named(page, oembed, "video", url, PageReader.side(text(oembed, "width"), frame.attr("width")),
                PageReader.side(text(oembed, "height"), frame.attr("height")), page.imageUrl());
    }

    private static PageDetails photo(PageDetails page, JsonNode oembed) {
        String url = PageReader.embeddable(text(oembed, "url"));
        return url == null ? page
            : named(page, oembed, "photo", url, PageReader.side(text(oembed, "width")), PageReader.side(text(oembed, "height")), url);
    }

    private static PageDetails named(PageDetails page, JsonNode oembed, String type, String embedUrl, int width, int height, String image) {
        String thumbnail = PageReader.embeddable(text(oembed, "thumbnail_url"));
        return new PageDetails(type, PageReader.text(PageReader.LONGEST_TITLE, text(oembed, "title"), page.title()), page.description(), page.language(),
            PageReader.text(PageReader.LONGEST_TITLE, text(oembed, "provider_name"), page.providerName()),
            Objects.requireNonNullElse(PageReader.embeddable(text(oembed, "provider_url")), page.providerUrl()),
            PageReader.text(PageReader.LONGEST_TITLE, text(oembed, "author_name"), page.authorName()),
            Objects.requireNonNullElse(PageReader.embeddable(text(oembed, "author_url")), page.authorUrl()),
            page.creator(), embedUrl, width, height, image == null ? thumbnail : image, page.imageDescription(), page.publishedAt());
    }

    /** Numbers too, which some write as text and some do not. */
    private static String text(JsonNode oembed, String name) {
        return oembed.path(name).isValueNode() ? oembed.path(name).asText("") : "";
    }
}
