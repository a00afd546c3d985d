package social.dunlin.filter;

import java.util.Collection;
import java.util.Locale;
import org.jsoup.Jsoup;
import social.dunlin.text.PlainText;

/**
 * All words of a post that filters look at, made once and asked for every reader: warning, text, options of the
 * poll, descriptions of the media (behaviours §17). Cases are folded.
 */
public final class FilterableText {
    /** In code points: what stands behind would be read by nobody in a timeline either. */
    private static final int LONGEST = 5_000;

    private final String folded;

    private FilterableText(String folded) {
        this.folded = folded;
    }

    /**
     * @param html   the content
     * @param others plain texts; null members are passed over
     */
    public static FilterableText of(String html, Collection<String> others) {
        StringBuilder text = new StringBuilder();
        others.forEach(other -> {
            if (other != null) {
                text.append(other).append('\n');
            }
        });
        if (!html.isEmpty()) {
            text.append(Jsoup.parseBodyFragment(html).text());
        }
        return new FilterableText(fold(PlainText.truncate(text.toString(), LONGEST)));
    }

    /** By way of upper case, as hashtags are: ß meets SS. */
    static String fold(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /**
     * @param keyword   folded
     * @param wholeWord an edge of the keyword that is a sign of a word must not stand within a longer one
     */
    boolean has(String keyword, boolean wholeWord) {
        for (int at = folded.indexOf(keyword); at >= 0; at = folded.indexOf(keyword, next(at))) {
            if (!wholeWord || isEdge(at, keyword.codePointAt(0)) && isEdge(at + keyword.length(), keyword.codePointBefore(keyword.length()))) {
                return true;
            }
        }
        return false;
    }

    /** Behind the word that a place stands in: none can begin within it. */
    private int next(int place) {
        int next = place + 1;
        while (next < folded.length() && isOfWord(folded.codePointAt(next)) && isOfWord(folded.codePointBefore(next))) {
            next++;
        }
        return next;
    }

    /** Nothing of a word on one side of the place, or nothing of one in the keyword on the other. */
    private boolean isEdge(int place, int ofKeyword) {
        if (!isOfWord(ofKeyword) || place == 0 || place == folded.length()) {
            return true;
        }
        return !isOfWord(folded.codePointBefore(place)) || !isOfWord(folded.codePointAt(place));
    }

    private static boolean isOfWord(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isLetterOrDigit(codePoint) || codePoint == '_' || type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
