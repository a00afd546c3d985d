package social.dunlin.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The length of a post as Mastodon's clients count it: grapheme clusters, an address 23, a mention without its host. */
public final class StatusLength {
    public static final int URL_LENGTH = 23;
    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private StatusLength() {
    }

    /** @param spoiler the content warning, which counts as written; may be null */
    public static int of(String spoiler, String text) {
        return (spoiler == null ? 0 : graphemes(spoiler)) + (text == null ? 0 : of(text));
    }

    public static int of(String text) {
        StringBuilder counted = new StringBuilder(text.length());
        int urls = 0;
        int position = 0;
        for (TextEntity entity : EntityScanner.scan(text).all()) {
            switch (entity) {
                case TextEntity.Url url -> {
                    counted.append(text, position, url.start()).append(' ');
                    urls++;
                    position = url.end();
                }
                case TextEntity.Mention mention -> {
                    counted.append(text, position, mention.start() + 1 + mention.name().username().length());
                    position = mention.end();
                }
                case TextEntity.Tag _, TextEntity.Emoji _ -> { }
            }
        }
        counted.append(text, position, text.length());
        return graphemes(counted) + urls * (URL_LENGTH - 1);
    }

    private static int graphemes(CharSequence text) {
        Matcher matcher = GRAPHEME.matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
