package social.dunlin.card;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import social.dunlin.federation.http.AddressPolicy;
import social.dunlin.federation.http.FetchResponse;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;
import social.dunlin.text.Language;
import social.dunlin.text.PlainText;
import social.dunlin.text.SafeUrl;

/** Reads what a page says about itself: Open Graph first, then Twitter's names, then plain HTML. Nothing of it is believed but as text. */
final class PageReader {
    static final int LONGEST_TITLE = 500;
    private static final int LONGEST_TEXT = 1500;
    private static final int LARGEST_SIDE = 10_000;
    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final Pattern CREATOR = Pattern.compile("@?([A-Za-z0-9_][A-Za-z0-9_.-]{0,100}@[^@\\s/]{1,255})");

    private final Document page;
    private final ObjectUri address;

    private PageReader(Document page, ObjectUri address) {
        this.page = page;
        this.address = address;
    }

    static PageReader of(FetchResponse response) {
        Matcher charset = CHARSET.matcher(response.contentType());
        String base = response.uri().value();
        try {
            return new PageReader(Jsoup.parse(new ByteArrayInputStream(response.body()), charset.find() ? charset.group(1) : null, base), response.uri());
        } catch (IOException | IllegalArgumentException unknownCharset) {
            return new PageReader(Jsoup.parse(response.text(), base), response.uri());
        }
    }

    /** Where the page says its oEmbed description is. */
    Optional<ObjectUri> oembed() {
        return page.select("link[type=application/json+oembed], link[type=text/json+oembed]").stream()
            .map(link -> SafeUrl.http(link.absUrl("href"))).filter(Objects::nonNull).map(ObjectUri::tryParse).flatMap(Optional::stream)
            .filter(ObjectUri::isHttps).findFirst();
    }

    PageDetails read() {
        String player = player();
        return new PageDetails(player.isEmpty() ? "link" : "video",
            title(), text(LONGEST_TEXT, meta("og:description"), meta("twitter:description"), meta("description")), language(),
            text(LONGEST_TITLE, meta("og:site_name"), address.host().name()), address.origin(),
            text(LONGEST_TITLE, author(), meta("author")), "", creator(), player,
            player.isEmpty() ? 0 : side(meta("og:video:width"), meta("twitter:player:width")),
            player.isEmpty() ? 0 : side(meta("og:video:height"), meta("twitter:player:height")),
            image(), text(LONGEST_TEXT, meta("og:image:alt"), meta("twitter:image:alt")), publishedAt());
    }

    private String title() {
        return text(LONGEST_TITLE, meta("og:title"), meta("twitter:title"), page.title());
    }

    private String meta(String name) {
        return element(name).map(element -> element.attr("content")).orElse("");
    }

    private Optional<Element> element(String name) {
        return Optional.ofNullable(page.selectFirst("meta[property=\"" + name + "\"], meta[name=\"" + name + "\"]"));
    }

    /** Some put an address there. */
    private String author() {
        String author = meta("article:author");
        return author.contains("://") ? "" : author;
    }

    private String creator() {
        Matcher handle = CREATOR.matcher(meta("fediverse:creator").strip());
        return handle.matches() ? handle.group(1) : null;
    }

    private String language() {
        Element html = page.selectFirst("html");
        return Stream.of(html == null ? "" : html.attr("lang"), meta("og:locale").replace('_', '-')).filter(text -> !text.isBlank())
            .map(Language::normalise).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private String player() {
        boolean shown = meta("og:video:type").startsWith("text/html") || !meta("twitter:player").isBlank();
        return !shown ? "" : Stream.of(meta("twitter:player"), meta("og:video:secure_url"), meta("og:video:url"), meta("og:video"))
            .map(PageReader::embeddable).filter(Objects::nonNull).findFirst().orElse("");
    }

    private String image() {
        return Stream.of("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
            .map(this::element).flatMap(Optional::stream).map(element -> SafeUrl.http(element.absUrl("content")))
            .filter(Objects::nonNull).filter(PageReader::isPublic).findFirst().orElse(null);
    }

    private Instant publishedAt() {
        String time = Stream.of(meta("article:published_time"), meta("og:article:published_time")).filter(text -> !text.isBlank()).findFirst().orElse("");
        try {
            Instant published = OffsetDateTime.parse(time.strip()).toInstant();
            return published.isBefore(Instant.EPOCH) || published.isAfter(Instant.now().plusSeconds(86_400)) ? null : published;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** A frame of the client: encrypted, and from a public host. */
    static String embeddable(String url) {
        String safe = SafeUrl.http(url);
        return safe != null && safe.startsWith("https://") && isPublic(safe) ? safe : null;
    }

    /** What can be told from the name: no address inside somebody's network, no name without a dot. Nothing is resolved here. */
    static boolean isPublic(String url) {
        Optional<Host> host = ObjectUri.tryParse(url).map(ObjectUri::host);
        return host.isPresent() && host.get().addressLiteral().map(AddressPolicy::isPublic)
            .orElseGet(() -> host.get().name().contains(".") && !host.get().name().endsWith(".local") && !host.get().name().endsWith(".internal"));
    }

    static int side(String... values) {
        for (String value : values) {
            if (value != null && value.strip().matches("[0-9]{1,5}")) {
                return Math.min(Integer.parseInt(value.strip()), LARGEST_SIDE);
            }
        }
        return 0;
    }

    /** The first that says something, as plain text; some put markup there. */
    static String text(int longest, String... candidates) {
        return Stream.of(candidates).filter(text -> text != null && !text.isBlank())
            .map(text -> PlainText.plainText(PlainText.truncate(text, 20 * longest), longest))
            .filter(text -> !text.isEmpty()).findFirst().orElse("");
    }
}
