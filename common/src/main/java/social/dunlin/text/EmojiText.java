package social.dunlin.text;

import java.util.regex.Pattern;

/** Tells emoji from other text. */
public final class EmojiText {
    /** Families and flags are long, but not longer than this. */
    private static final int MAXIMUM_LENGTH = 64;
    private static final int KEYCAP = 0x20E3;
    private static final Pattern ONE_CLUSTER = Pattern.compile("\\X");

    private EmojiText() {
    }

    /** True for one emoji and nothing else: what people see as one character (UAX #29), with something pictured in it. */
    public static boolean isOneEmoji(String text) {
        return text != null && !text.isEmpty() && text.length() <= MAXIMUM_LENGTH && ONE_CLUSTER.matcher(text).matches()
            && text.codePoints().anyMatch(EmojiText::isPictured);
    }

    /** Digits and signs count as emoji in Unicode, but show as such only within a keycap. */
    private static boolean isPictured(int codePoint) {
        boolean regionalIndicator = codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
        return Character.isExtendedPictographic(codePoint) || regionalIndicator || codePoint == KEYCAP;
    }
}
