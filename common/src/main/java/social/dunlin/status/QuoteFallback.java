package social.dunlin.status;

import org.jsoup.nodes.Entities;

/** What stands in the text of a quoting post for readers that know no quotes; others hide it by its class. */
final class QuoteFallback {
    private QuoteFallback() {
    }

    /** In front of the text, unless the author has put the link there. */
    static String before(String html, String text, String quotedPage) {
        if (text.contains(quotedPage)) {
            return html;
        }
        String link = Entities.escape(quotedPage);
        return "<p class=\"quote-inline\">RE: <a href=\"" + link + "\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">" + link
            + "</a></p>" + html;
    }
}
