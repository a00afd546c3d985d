package social.dunlin.text;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The languages in which posts are typed. */
public enum TextFormat {
    PLAIN("text/plain") {
        @Override
        public TextEntities extract(String text) {
            return PlainTextFormatter.extract(text);
        }

        @Override
        public String format(String text, Map<MentionName, ResolvedMention> mentions, Function<Hashtag, String> tagUrl) {
            return PlainTextFormatter.format(text, mentions, tagUrl);
        }
    },
    MARKDOWN("text/markdown") {
        @Override
        public TextEntities extract(String text) {
            return MarkdownFormatter.extract(text);
        }

        @Override
        public String format(String text, Map<MentionName, ResolvedMention> mentions, Function<Hashtag, String> tagUrl) {
            return MarkdownFormatter.format(text, mentions, tagUrl);
        }
    };

    private final String mediaType;

    TextFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Whom and what the text names. */
    public abstract TextEntities extract(String text);

    /**
     * @param mentions those of the text's mentions that could be resolved; the others stay text
     * @param tagUrl   the page of a hashtag on this server
     */
    public abstract String format(String text, Map<MentionName, ResolvedMention> mentions, Function<Hashtag, String> tagUrl);

    public static Optional<TextFormat> ofMediaType(String mediaType) {
        for (TextFormat format : values()) {
            if (format.mediaType.equals(mediaType)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
