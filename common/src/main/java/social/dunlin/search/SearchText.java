package social.dunlin.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Text as search sees it: words without case and accents. Scripts that write no spaces are cut into pairs of characters,
 * which finds any part of them. Done here and not by PostgreSQL, whose idea of a letter depends on the locale of the
 * database (docs/adr/0018).
 */
final class SearchText {
    /** PostgreSQL's bound for positions is 16383, and for a whole document a megabyte. */
    private static final int MOST_WORDS = 10_000;
    private static final int LONGEST_WORD = 60;
    private static final Set<Character.UnicodeScript> WITHOUT_SPACES = Set.of(Character.UnicodeScript.HAN, Character.UnicodeScript.HIRAGANA,
        Character.UnicodeScript.KATAKANA, Character.UnicodeScript.HANGUL, Character.UnicodeScript.THAI, Character.UnicodeScript.LAO,
        Character.UnicodeScript.KHMER, Character.UnicodeScript.MYANMAR);
    /** Letters that Unicode does not take apart. */
    private static final Map<Character, String> PLAIN = Map.ofEntries(Map.entry('ø', "o"), Map.entry('đ', "d"), Map.entry('ł', "l"),
        Map.entry('æ', "ae"), Map.entry('œ', "oe"), Map.entry('ı', "i"), Map.entry('þ', "th"), Map.entry('ð', "d"), Map.entry('ħ', "h"));

    private SearchText() {
    }

    /** The words in their order. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        String folded = fold(text);
        int position = 0;
        while (position < folded.length() && words.size() < MOST_WORDS) {
            int start = position;
            boolean spaceless = isSpaceless(folded.codePointAt(position));
            while (position < folded.length() && isWord(folded.codePointAt(position)) && isSpaceless(folded.codePointAt(position)) == spaceless) {
                position += Character.charCount(folded.codePointAt(position));
            }
            if (position == start) {
                position += Character.charCount(folded.codePointAt(position));
            } else if (spaceless) {
                pairs(folded.substring(start, position), words);
            } else {
                words.add(folded.substring(start, Math.min(position, start + LONGEST_WORD)));
            }
        }
        return words;
    }

    private static void pairs(String run, List<String> words) {
        int[] characters = run.codePoints().toArray();
        for (int index = 0; index < characters.length && words.size() < MOST_WORDS; index++) {
            words.add(new String(characters, index, Math.min(2, characters.length - index)));
        }
    }

    /** True when the word begins or is a pair, so that what follows it in the text is the next pair. */
    static boolean isPair(String word) {
        return isSpaceless(word.codePointAt(0));
    }

    /** A name as {@code search_name} of PostgreSQL gives it: without case and accents, its signs and spaces as they are. */
    static String name(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC).codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return withoutAccents(lower).replace('\u03C2', '\u03C3').replace("\u00DF", "ss");
    }

    private static String fold(String text) {
        return withoutAccents(Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    }

    private static String withoutAccents(CharSequence composed) {
        String apart = Normalizer.normalize(composed, Normalizer.Form.NFD);
        StringBuilder plain = new StringBuilder(apart.length());
        for (int index = 0; index < apart.length(); index++) {
            char character = apart.charAt(index);
            if (character < '\u0300' || character > '\u036F') {
                plain.append(character < 0x80 ? Character.toString(character) : PLAIN.getOrDefault(character, Character.toString(character)));
            }
        }
        return Normalizer.normalize(plain, Normalizer.Form.NFC);
    }

    private static boolean isWord(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isLetterOrDigit(codePoint) || type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isSpaceless(int codePoint) {
        return WITHOUT_SPACES.contains(Character.UnicodeScript.of(codePoint));
    }

    /** As PostgreSQL reads a tsvector. Words hold letters and digits only, so nothing needs an escape. */
    static String vector(String text) {
        Map<String, StringJoiner> positions = new LinkedHashMap<>();
        List<String> words = words(text);
        for (int index = 0; index < words.size(); index++) {
            positions.computeIfAbsent(words.get(index), word -> new StringJoiner(",", ":", "")).add(Integer.toString(index + 1));
        }
        StringBuilder vector = new StringBuilder();
        positions.forEach((word, places) -> vector.append('\'').append(word).append('\'').append(places).append(' '));
        return vector.toString().strip();
    }
}
