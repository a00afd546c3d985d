package social.dunlin.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * A hashtag without its sign.
 *
 * @param display    as it was written
 * @param normalised NFKC and case-folded: two tags are the same when these are equal
 */
public record Hashtag(String display, String normalised) {
    /** In code points; longer runs stay plain text, so that a name always fits an index. */
    public static final int MAXIMUM_LENGTH = 100;

    /** Reads a name with or without {@code #}; empty when it is no valid hashtag. */
    public static Optional<Hashtag> of(String text) {
        if (text == null) {
            return Optional.empty();
        }
        String name = text.strip();
        if (!name.isEmpty() && isSign(name.charAt(0))) {
            name = name.substring(1);
        }
        return EntityScanner.hashtagEnd(name, 0) == name.length() ? Optional.of(ofValid(name)) : Optional.empty();
    }

    static Hashtag ofValid(String name) {
        return new Hashtag(name, normalise(name));
    }

    /** NFKC, then case folding by way of upper case (ß and SS meet), then NFKC again because folding can undo it. */
    public static String normalise(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFKC);
        String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    static boolean isSign(char character) {
        return character == '#' || character == '\uFF03';
    }
}
