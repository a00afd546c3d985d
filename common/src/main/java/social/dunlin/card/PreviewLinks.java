package social.dunlin.card;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import social.dunlin.id.ObjectUri;
import social.dunlin.text.SafeUrl;

/** The link of a post that gets a preview: the first that is no mention, no hashtag and no quoted post (as in Mastodon). */
final class PreviewLinks {
    private static final int LONGEST = 2000;
    private static final String NAME = " class=\"mention";

    private PreviewLinks() {
    }

    /** @param html sanitised; @param others addresses of what the post names otherwise */
    static Optional<ObjectUri> first(String html, Collection<String> others) {
        if (linksNamesAlone(html)) {
            return Optional.empty();
        }
        return Jsoup.parseBodyFragment(html).select("a[href]").stream()
            .filter(anchor -> !isName(anchor) && anchor.closest(".quote-inline") == null && !others.contains(anchor.attr("href")))
            .map(anchor -> SafeUrl.http(anchor.attr("href"))).filter(Objects::nonNull)
            .map(url -> url.replaceFirst("#.*$", "")).filter(url -> url.length() <= LONGEST)
            .map(ObjectUri::tryParse).flatMap(Optional::stream).findFirst();
    }

    /** Without reading all of it, for most posts link nothing else. Quotes within attributes are escaped, so that what looks like a class is one. */
    private static boolean linksNamesAlone(String html) {
        for (int begin = html.indexOf("<a "); begin >= 0; begin = html.indexOf("<a ", begin + 1)) {
            int end = html.indexOf('>', begin);
            int name = html.indexOf(NAME, begin);
            if (name < 0 || name > end || !isWord(html.charAt(name + NAME.length()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(char following) {
        return following == '"' || following == ' ';
    }

    private static boolean isName(Element anchor) {
        return anchor.hasClass("mention") || anchor.hasClass("hashtag") || anchor.hasClass("u-url") || anchor.closest(".h-card") != null
            || List.of(anchor.attr("rel").split("\\s+")).contains("tag");
    }
}
