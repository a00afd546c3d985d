package social.dunlin.text;

import org.jsoup.Jsoup;

/** Plain text from elsewhere made safe to show: display names, content warnings, titles. */
public final class PlainText {
    private static final int MAXIMUM_OPEN_DIRECTIONS = 8;
    private static final char POP_EMBEDDING = '\u202C';
    private static final char POP_ISOLATE = '\u2069';

    private PlainText() {
    }

    /**
     * One line without tags, control characters and direction overrides. Embeddings and isolates are kept, because names
     * in right-to-left scripts need them, but each is closed again, so that a name cannot turn what follows it around.
     *
     * @param maximumLength in code points; the rest is cut off
     */
    public static String plainText(String text, int maximumLength) {
        if (text == null) {
            return "";
        }
        String line = oneLine(looksLikeMarkup(text) ? Jsoup.parseBodyFragment(wellFormed(text)).text() : text);
        return limitDirections(truncate(line, maximumLength).strip());
    }

    /** The first code points of a text. */
    public static String truncate(String text, int maximumLength) {
        boolean fits = text.length() <= maximumLength || text.codePointCount(0, text.length()) <= maximumLength;
        return fits ? text : text.substring(0, text.offsetByCodePoints(0, maximumLength));
    }

    private static boolean looksLikeMarkup(String text) {
        for (int index = text.indexOf('<'); index >= 0 && index + 1 < text.length(); index = text.indexOf('<', index + 1)) {
            char next = text.charAt(index + 1);
            if (next == '/' || next == '!' || next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z') {
                return true;
            }
        }
        return false;
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        String source = wellFormed(text);
        for (int index = 0; index < source.length(); index++) {
            char character = source.charAt(index);
            boolean space = Character.isWhitespace(character) || character == '\u2028' || character == '\u2029'
                    || character == '\u0085';
            if (!space) {
                if (!Character.isISOControl(character)) {
                    line.append(character);
                }
            } else if (line.isEmpty() || line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.toString().strip();
    }

    private static String limitDirections(String text) {
        StringBuilder limited = new StringBuilder(text.length());
        StringBuilder closers = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '\u202D', '\u202E' -> { }
                case '\u202A', '\u202B', '\u2066', '\u2067', '\u2068' -> {
                    if (closers.length() < MAXIMUM_OPEN_DIRECTIONS) {
                        limited.append(character);
                        closers.append(character < '\u2066' ? POP_EMBEDDING : POP_ISOLATE);
                    }
                }
                case POP_EMBEDDING, POP_ISOLATE -> {
                    int last = closers.length() - 1;
                    if (last >= 0 && closers.charAt(last) == character) {
                        limited.append(character);
                        closers.setLength(last);
                    }
                }
                default -> limited.append(character);
            }
        }
        return limited.append(closers.reverse()).toString();
    }

    static boolean isBidirectionalControl(int codePoint) {
        return codePoint >= 0x202A && codePoint <= 0x202E || codePoint >= 0x2066 && codePoint <= 0x2069;
    }

    /** Without NUL (which PostgreSQL cannot store) and with U+FFFD for every half of a surrogate pair. */
    public static String wellFormed(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '\0' || Character.isSurrogate(character)) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (Character.isHighSurrogate(character) && index + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(index + 1))) {
                repaired.append(character).append(text.charAt(++index));
            } else if (Character.isSurrogate(character)) {
                repaired.append('\uFFFD');
            } else if (character != '\0') {
                repaired.append(character);
            }
        }
        return repaired.toString();
    }
}
