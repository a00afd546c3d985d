package social.dunlin.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Plain text typed on this server to the HTML Mastodon writes for it, in two steps: {@link #extract} says whom and what
 * the text names, the caller looks those up, {@link #format} writes the HTML. What was not resolved stays text.
 */
public final class PlainTextFormatter {
    private static final int SHOWN_LINK_LENGTH = 30;

    private PlainTextFormatter() {
    }

    /** Where the text will stand. */
    public enum Place {
        /** A post: paragraphs, mentions without their host. */
        STATUS,
        /** A profile's bio: as a post, with links that claim identity ({@code rel="me"}). */
        BIO,
        /** The value of a profile field: one line, mentions with host, links that claim identity. */
        FIELD
    }

    public static TextEntities extract(String text) {
        return EntityScanner.scan(unifyNewlines(text));
    }

    /** As {@link #format(String, Map, Function, Place)} for a post. */
    public static String format(String text, Map<MentionName, ResolvedMention> mentions,
                                Function<Hashtag, String> tagUrl) {
        return format(text, mentions, tagUrl, Place.STATUS);
    }

    /**
     * @param mentions those of the text's mentions that could be resolved
     * @param tagUrl   the page of a hashtag on this server
     * @return HTML without line breaks; empty for blank text
     */
    public static String format(String text, Map<MentionName, ResolvedMention> mentions,
                                Function<Hashtag, String> tagUrl, Place place) {
        String source = unifyNewlines(text).strip();
        if (source.isEmpty()) {
            return "";
        }
        boolean lines = place != Place.FIELD;
        Set<String> ambiguous = place == Place.FIELD ? null : sharedUsernames(mentions);
        StringBuilder html = new StringBuilder(source.length() * 2);
        html.append(lines ? "<p>" : "");
        int position = 0;
        for (TextEntity entity : EntityScanner.scan(source).all()) {
            appendPlain(html, source, position, entity.start(), lines);
            switch (entity) {
                case TextEntity.Mention mention -> appendMention(html, source, mention, mentions, ambiguous);
                case TextEntity.Tag tag -> appendTag(html, tag.hashtag(), tagUrl);
                case TextEntity.Url url -> appendLink(html, url.url(), place != Place.STATUS);
                case TextEntity.Emoji emoji -> appendPlain(html, source, emoji.start(), emoji.end(), lines);
            }
            position = entity.end();
        }
        appendPlain(html, source, position, source.length(), lines);
        return html.append(lines ? "</p>" : "").toString();
    }

    /** A mention by itself. */
    public static String mention(ResolvedMention person) {
        StringBuilder html = new StringBuilder();
        appendMention(html, person, false);
        return html.toString();
    }

    static String unifyNewlines(String text) {
        return PlainText.wellFormed(text).replace("\r\n", "\n").replace('\r', '\n');
    }

    /** User names that two of these people have. */
    static Set<String> sharedUsernames(Map<MentionName, ResolvedMention> mentions) {
        Map<String, String> profiles = new HashMap<>();
        Set<String> shared = new HashSet<>();
        for (ResolvedMention mention : mentions.values()) {
            String earlier = profiles.putIfAbsent(mention.username(), mention.profileUrl());
            if (earlier != null && !earlier.equals(mention.profileUrl())) {
                shared.add(mention.username());
            }
        }
        return shared;
    }

    private static void appendPlain(StringBuilder html, String text, int start, int end, boolean lines) {
        int position = start;
        while (position < end) {
            char character = text.charAt(position++);
            if (character != '\n') {
                Escape.append(html, character);
                continue;
            }
            int newlines = 1;
            while (position < end && text.charAt(position) == '\n') {
                position++;
                newlines++;
            }
            html.append(!lines ? " " : newlines == 1 ? "<br />" : "</p><p>");
        }
    }

    private static void appendMention(StringBuilder html, String text, TextEntity.Mention mention,
                                      Map<MentionName, ResolvedMention> mentions, Set<String> ambiguous) {
        ResolvedMention resolved = mentions.get(mention.name());
        if (resolved == null) {
            appendPlain(html, text, mention.start(), mention.end(), false);
            return;
        }
        appendMention(html, resolved, ambiguous == null || ambiguous.contains(resolved.username()));
    }

    static void appendMention(StringBuilder html, ResolvedMention resolved, boolean withHost) {
        html.append("<span class=\"h-card\" translate=\"no\"><a href=\"");
        Escape.append(html, resolved.profileUrl());
        html.append("\" class=\"u-url mention\">@<span>");
        Escape.append(html, withHost ? resolved.acctShown() : resolved.username());
        html.append("</span></a></span>");
    }

    static void appendTag(StringBuilder html, Hashtag hashtag, Function<Hashtag, String> tagUrl) {
        html.append("<a href=\"");
        Escape.append(html, tagUrl.apply(hashtag));
        html.append("\" class=\"mention hashtag\" rel=\"tag\">#<span>");
        Escape.append(html, hashtag.display());
        html.append("</span></a>");
    }

    /** The whole address stays in the text, so that it can be copied; style sheets hide the ends. */
    static void appendLink(StringBuilder html, String url, boolean claimsIdentity) {
        int prefix = url.indexOf("://") + 3;
        if (url.startsWith("www.", prefix)) {
            prefix += 4;
        }
        boolean cut = url.codePointCount(prefix, url.length()) > SHOWN_LINK_LENGTH;
        int shownEnd = cut ? url.offsetByCodePoints(prefix, SHOWN_LINK_LENGTH) : url.length();
        html.append("<a href=\"");
        Escape.append(html, url);
        html.append("\" target=\"_blank\" rel=\"nofollow noopener").append(claimsIdentity ? " me" : "");
        html.append("\" translate=\"no\"><span class=\"invisible\">");
        Escape.append(html, url.substring(0, prefix));
        html.append("</span><span class=\"").append(cut ? "ellipsis" : "").append("\">");
        Escape.append(html, url.substring(prefix, shownEnd));
        html.append("</span><span class=\"invisible\">");
        Escape.append(html, url.substring(shownEnd));
        html.append("</span></a>");
    }
}
