package social.dunlin.api.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import org.jsoup.nodes.Entities;
import social.dunlin.api.entity.MediaAttachmentEntity;
import social.dunlin.api.entity.StatusEntity;
import social.dunlin.api.web.FeedView.EnclosedView;
import social.dunlin.api.web.FeedView.ItemView;
import social.dunlin.oauth.OpaqueSecret;

/** Writes feeds. Whoever has the newest already is told no more than that. */
@ApplicationScoped
class Feeds {
    private static final int TAG_BYTES = 16;

    @CheckedTemplate(basePath = "public")
    static class Templates {
        static native TemplateInstance feed(FeedView feed);
    }

    /** @param hidden search engines shall leave it */
    Response answer(FeedView feed, boolean hidden, HttpHeaders asked) {
        String body = Templates.feed(feed).render();
        String tag = "\"" + HexFormat.of().formatHex(OpaqueSecret.hash(body), 0, TAG_BYTES) + "\"";
        String known = asked.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        boolean current = known != null && (known.contains(tag) || known.strip().equals("*"));
        Response.ResponseBuilder response = current ? Response.status(Response.Status.NOT_MODIFIED)
            : Response.ok(body.getBytes(StandardCharsets.UTF_8)).type("application/rss+xml; charset=utf-8");
        if (hidden) {
            response.header("X-Robots-Tag", "noindex");
        }
        return response.header(HttpHeaders.ETAG, tag).header(HttpHeaders.CACHE_CONTROL, "public, max-age=60").build();
    }

    /** @param posts such as everybody may see, newest first */
    FeedView of(String title, String description, String address, String image, List<StatusEntity> posts) {
        return new FeedView(allowed(title), allowed(description), address, address + FeedResource.SUFFIX, image,
            posts.isEmpty() ? null : date(posts.getFirst().createdAt()), posts.stream().map(Feeds::item).toList());
    }

    private static ItemView item(StatusEntity post) {
        boolean warned = !post.spoilerText().isBlank();
        return new ItemView(post.url(), date(post.createdAt()), allowed(warned ? "<p>" + Entities.escape(post.spoilerText()) + "</p>" : post.content()),
            post.tags().stream().map(StatusEntity.TagView::name).toList(),
            warned || post.sensitive() ? List.of() : post.mediaAttachments().stream().filter(media -> media.url() != null).map(Feeds::enclosed).toList());
    }

    private static EnclosedView enclosed(MediaAttachmentEntity media) {
        return new EnclosedView(media.url(), media.type().equals("gifv") ? "video" : media.type().equals("unknown") ? "document" : media.type(),
            media.description() == null ? "" : allowed(media.description()));
    }

    private static String date(String apiTime) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.parse(apiTime).atZone(ZoneOffset.UTC));
    }

    /** Without the characters that XML 1.0 has no way to write (§2.2). */
    private static String allowed(String text) {
        return text.codePoints().filter(character -> character >= 0x20 && character < 0xD800 || character == '\t' || character == '\n' || character == '\r'
            || character >= 0xE000 && character < 0xFFFE || character >= 0x10000)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
