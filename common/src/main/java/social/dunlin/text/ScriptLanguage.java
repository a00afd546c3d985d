package social.dunlin.text;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The language of a text whose letters next to no other language uses. No guess is made at what is written in letters of
 * many languages (Latin, Cyrillic, Arabic, Han alone): libraries that tell those apart hold tens of megabytes of word
 * statistics, and clients send the language anyhow.
 */
public final class ScriptLanguage {
    private static final String JAPANESE = "ja";
    private static final Map<UnicodeScript, String> LANGUAGES = new EnumMap<>(Map.ofEntries(
        Map.entry(UnicodeScript.HANGUL, "ko"), Map.entry(UnicodeScript.HIRAGANA, JAPANESE), Map.entry(UnicodeScript.KATAKANA, JAPANESE),
        Map.entry(UnicodeScript.THAI, "th"), Map.entry(UnicodeScript.LAO, "lo"), Map.entry(UnicodeScript.KHMER, "km"),
        Map.entry(UnicodeScript.MYANMAR, "my"), Map.entry(UnicodeScript.SINHALA, "si"), Map.entry(UnicodeScript.TAMIL, "ta"),
        Map.entry(UnicodeScript.TELUGU, "te"), Map.entry(UnicodeScript.KANNADA, "kn"), Map.entry(UnicodeScript.MALAYALAM, "ml"),
        Map.entry(UnicodeScript.GUJARATI, "gu"), Map.entry(UnicodeScript.GURMUKHI, "pa"), Map.entry(UnicodeScript.ORIYA, "or"),
        Map.entry(UnicodeScript.GREEK, "el"), Map.entry(UnicodeScript.HEBREW, "he"), Map.entry(UnicodeScript.GEORGIAN, "ka"),
        Map.entry(UnicodeScript.ARMENIAN, "hy"), Map.entry(UnicodeScript.THAANA, "dv")));
    /** One letter of it may be a formula or half a face; a word is not. */
    private static final int ENOUGH = 3;

    private ScriptLanguage() {
    }

    /** The language that most letters of its words speak for, whomever it mentions and links to; null when unknown. */
    public static String guess(String text) {
        Map<String, Integer> votes = new HashMap<>();
        int letters = 0;
        int han = 0;
        for (String word : text.split("\\s+")) {
            if (word.startsWith("@") || word.startsWith("#") || word.contains("://")) {
                continue;
            }
            for (int letter : word.codePoints().filter(Character::isLetter).toArray()) {
                letters++;
                UnicodeScript script = UnicodeScript.of(letter);
                han += script == UnicodeScript.HAN ? 1 : 0;
                String language = LANGUAGES.get(script);
                if (language != null) {
                    votes.merge(language, 1, Integer::sum);
                }
            }
        }
        // Japanese writes words in Han and what joins them in kana.
        int japanese = han;
        votes.computeIfPresent(JAPANESE, (language, kana) -> kana + japanese);
        int half = letters / 2;
        return votes.entrySet().stream().filter(vote -> vote.getValue() >= ENOUGH && vote.getValue() > half).map(Map.Entry::getKey).findFirst().orElse(null);
    }
}
