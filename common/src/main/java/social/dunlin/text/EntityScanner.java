package social.dunlin.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds entities in one pass from left to right, without regular expressions: no input can make it look at a character
 * more than a fixed number of times. The rules are those of Mastodon's account, tag and link patterns.
 */
final class EntityScanner {
    private static final String TRAILING_PUNCTUATION = ".,:;!?*'\"&|~“”‘’«»、。！？，．：；」』）】》〉…";
    private static final int MAXIMUM_EMOJI_CODE = 100;

    private final String text;
    private final List<TextEntity> found = new ArrayList<>();

    private EntityScanner(String text) {
        this.text = text;
    }

    static TextEntities scan(String text) {
        return new EntityScanner(text).scan();
    }

    /** The entity that begins exactly at {@code position}, or null. */
    static TextEntity at(String text, int position) {
        return new EntityScanner(text).entityAt(position);
    }

    private TextEntities scan() {
        int position = 0;
        while (position < text.length()) {
            TextEntity entity = entityAt(position);
            if (entity == null) {
                position++;
            } else {
                found.add(entity);
                position = entity.end();
            }
        }
        return new TextEntities(found);
    }

    private TextEntity entityAt(int position) {
        return switch (text.charAt(position)) {
            case 'h', 'H' -> urlAt(position);
            case '@' -> mentionAt(position);
            case '#', '\uFF03' -> tagAt(position);
            case ':' -> emojiAt(position);
            default -> null;
        };
    }

    private TextEntity urlAt(int start) {
        int hostStart = start + schemeLength(start);
        if (hostStart == start || !mayPrecedeUrl(start)) {
            return null;
        }
        int hostEnd = hostStart;
        while (hostEnd < text.length() && isHostPart(text.codePointAt(hostEnd))) {
            hostEnd += Character.charCount(text.codePointAt(hostEnd));
        }
        while (hostEnd > hostStart && isDotOrHyphen(text.charAt(hostEnd - 1))) {
            hostEnd--;
        }
        int portEnd = portEnd(hostEnd);
        String host = text.substring(hostStart, hostEnd);
        boolean plausible = !host.isEmpty() && Character.isLetterOrDigit(host.codePointAt(0))
                && (host.contains(".") || portEnd > hostEnd || host.equalsIgnoreCase("localhost"));
        if (!plausible) {
            return null;
        }
        int end = pathEnd(portEnd);
        return new TextEntity.Url(start, end, text.substring(start, end));
    }

    private int schemeLength(int start) {
        if (text.regionMatches(true, start, "https://", 0, 8)) {
            return 8;
        }
        return text.regionMatches(true, start, "http://", 0, 7) ? 7 : 0;
    }

    /** Scripts without spaces put addresses right behind a word, so that only ASCII letters and digits forbid one. */
    private boolean mayPrecedeUrl(int start) {
        if (start == 0) {
            return true;
        }
        char before = text.charAt(start - 1);
        return !isAsciiAlphanumeric(before) && "_@\uFF20$#\uFF03".indexOf(before) < 0;
    }

    private int portEnd(int hostEnd) {
        if (hostEnd >= text.length() || text.charAt(hostEnd) != ':') {
            return hostEnd;
        }
        int end = hostEnd + 1;
        while (end < text.length() && end - hostEnd <= 5 && isAsciiDigit(text.charAt(end))) {
            end++;
        }
        boolean longer = end < text.length() && isWord(text.codePointAt(end));
        return end == hostEnd + 1 || longer ? hostEnd : end;
    }

    private int pathEnd(int start) {
        if (start >= text.length() || "/?#".indexOf(text.charAt(start)) < 0) {
            return start;
        }
        int end = start;
        int[] open = new int[2];
        while (end < text.length() && isUrlPart(text.codePointAt(end))) {
            count(open, text.charAt(end), 1);
            end += Character.charCount(text.codePointAt(end));
        }
        while (end > start) {
            char last = text.charAt(end - 1);
            boolean unbalanced = last == ')' && open[0] < 0 || last == ']' && open[1] < 0;
            if (!unbalanced && TRAILING_PUNCTUATION.indexOf(last) < 0 && last != '(' && last != '[') {
                break;
            }
            count(open, last, -1);
            end--;
        }
        return end;
    }

    private static void count(int[] open, char character, int step) {
        switch (character) {
            case '(' -> open[0] += step;
            case ')' -> open[0] -= step;
            case '[' -> open[1] += step;
            case ']' -> open[1] -= step;
            default -> { }
        }
    }

    private TextEntity mentionAt(int start) {
        if (start > 0 && (isWord(text.codePointBefore(start)) || "=/".indexOf(text.charAt(start - 1)) >= 0)) {
            return null;
        }
        int nameEnd = start + 1;
        while (nameEnd < text.length() && isNamePart(text.charAt(nameEnd))) {
            nameEnd++;
        }
        int runEnd = nameEnd;
        while (nameEnd > start + 1 && isDotOrHyphen(text.charAt(nameEnd - 1))) {
            nameEnd--;
        }
        if (nameEnd == start + 1 || isDotOrHyphen(text.charAt(start + 1))) {
            return null;
        }
        String username = text.substring(start + 1, nameEnd);
        if (nameEnd == runEnd && nameEnd < text.length() && text.charAt(nameEnd) == '@') {
            int hostEnd = hostEnd(nameEnd + 1);
            if (hostEnd > nameEnd + 1) {
                int end = portEnd(hostEnd);
                String host = text.substring(nameEnd + 1, end);
                return new TextEntity.Mention(start, end, new MentionName(username, host));
            }
        }
        return new TextEntity.Mention(start, nameEnd, new MentionName(username, null));
    }

    private int hostEnd(int start) {
        int end = start;
        while (end < text.length() && (isWord(text.codePointAt(end)) || isDotOrHyphen(text.charAt(end)))) {
            end += Character.charCount(text.codePointAt(end));
        }
        while (end > start && isDotOrHyphen(text.charAt(end - 1))) {
            end--;
        }
        return end > start && isDotOrHyphen(text.charAt(start)) ? start : end;
    }

    private TextEntity tagAt(int start) {
        if (start > 0 && (Character.isLetterOrDigit(text.codePointBefore(start))
                || "=/)".indexOf(text.charAt(start - 1)) >= 0)) {
            return null;
        }
        int end = hashtagEnd(text, start + 1);
        return end < 0 ? null : new TextEntity.Tag(start, end, Hashtag.ofValid(text.substring(start + 1, end)));
    }

    /** Where the hashtag whose name begins at {@code start} ends; -1 when there is none. */
    static int hashtagEnd(String text, int start) {
        int end = start;
        int length = 0;
        boolean hasLetter = false;
        int firstSeparator = -1;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            boolean separator = isHashtagSeparator(codePoint);
            if (!separator && !isWord(codePoint)) {
                break;
            }
            hasLetter |= Character.isAlphabetic(codePoint);
            if (separator && end > start && firstSeparator < 0) {
                firstSeparator = end;
            }
            end += Character.charCount(codePoint);
            length++;
        }
        while (end > start && isHashtagSeparator(text.charAt(end - 1)) && text.charAt(end - 1) != '_') {
            end--;
            length--;
        }
        boolean separatorInside = firstSeparator >= 0 && firstSeparator < end - 1;
        boolean beginsWithWord = end > start && isWord(text.codePointAt(start));
        boolean valid = beginsWithWord && (hasLetter || separatorInside) && length <= Hashtag.MAXIMUM_LENGTH;
        return valid ? end : -1;
    }

    private TextEntity emojiAt(int start) {
        if (start > 0 && (text.charAt(start - 1) == ':' || Character.isLetterOrDigit(text.codePointBefore(start)))) {
            return null;
        }
        int end = start + 1;
        while (end < text.length() && end - start <= MAXIMUM_EMOJI_CODE
                && (isAsciiAlphanumeric(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        if (end - start < 3 || end >= text.length() || text.charAt(end) != ':') {
            return null;
        }
        boolean touches = end + 1 < text.length()
                && (text.charAt(end + 1) == ':' || Character.isLetterOrDigit(text.codePointAt(end + 1)));
        return touches ? null : new TextEntity.Emoji(start, end + 1, new EmojiCode(text.substring(start + 1, end)));
    }

    private static boolean isUrlPart(int codePoint) {
        return !Character.isWhitespace(codePoint) && !Character.isSpaceChar(codePoint)
                && !Character.isISOControl(codePoint) && !PlainText.isBidirectionalControl(codePoint)
                && "<>\"".indexOf(codePoint) < 0;
    }

    private static boolean isHostPart(int codePoint) {
        return isWord(codePoint) || codePoint == '.' || codePoint == '-';
    }

    private static boolean isNamePart(char character) {
        return isAsciiAlphanumeric(character) || character == '_' || isDotOrHyphen(character);
    }

    private static boolean isDotOrHyphen(char character) {
        return character == '.' || character == '-';
    }

    private static boolean isHashtagSeparator(int codePoint) {
        return codePoint == '_' || codePoint == '\u00B7' || codePoint == '\u30FB' || codePoint == '\u200C';
    }

    private static boolean isAsciiDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isAsciiAlphanumeric(char character) {
        return isAsciiDigit(character) || character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    /** Unicode's word characters: letters, marks, decimal digits, connector punctuation. */
    static boolean isWord(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER, Character.LOWERCASE_LETTER, Character.TITLECASE_LETTER,
                 Character.MODIFIER_LETTER, Character.OTHER_LETTER, Character.NON_SPACING_MARK,
                 Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK, Character.DECIMAL_DIGIT_NUMBER,
                 Character.LETTER_NUMBER, Character.CONNECTOR_PUNCTUATION -> true;
            default -> false;
        };
    }
}
