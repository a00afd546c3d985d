package social.dunlin.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I <3 you & me              | I <3 you & me
            <b>Al</b>ice <script>x</script> | Alice
            5 &amp; 6                  | 5 &amp; 6
            :blob: 日本 \uD83D\uDC69\u200D\uD83D\uDCBB | :blob: 日本 \uD83D\uDC69\u200D\uD83D\uDCBB
            """)
    void nameIsPlainText(String name, String shown) {
        assertEquals(shown, PlainText.plainText(name, 100));
    }

    @Test
    void nameIsOneLineWithoutControls() {
        assertEquals("a b c", PlainText.plainText(" a\u0000\u0007\n\t b\u2028c\u001B ", 100));
        assertEquals("", PlainText.plainText(null, 100));
    }

    @Test
    void nameIsCutByCodePoints() {
        assertEquals("\uD83D\uDE00\uD83D\uDE00", PlainText.plainText("\uD83D\uDE00".repeat(5), 2));
    }

    @Test
    void directionOverridesAreRemovedAndEmbeddingsClosed() {
        assertEquals("abc", PlainText.plainText("a\u202Eb\u202Dc", 100));
        assertEquals("\u2067\u202Bx\u202C\u2069", PlainText.plainText("\u2067\u202Bx", 100));
        assertEquals("x", PlainText.plainText("x\u202C\u2069", 100));
        assertTrue(PlainText.plainText("\u202B".repeat(1000), 1000).length() <= 16);
    }

    @Test
    void htmlBecomesReadableText() {
        assertEquals("Hi @bob & co\nnext\n\nsecond <p>\n\none\ntwo", HtmlToText.convert("<p>Hi <span>@<b>bob</b></span> &amp; co<br>next</p>"
                + "\n <p>second   &lt;p&gt;<script>no</script></p><ul><li>one</li><li>two</li></ul>"));
        assertEquals("", HtmlToText.convert(null));
        assertEquals("a\n  b", HtmlToText.convert("<pre><code>a\n  b</code></pre>"));
    }

    @ParameterizedTest
    @CsvSource({"en,en", "pt_br,pt-BR", "ZH-hant-tw,zh-Hant-TW", "EN,en", "gsw,gsw"})
    void languageIsNormalised(String code, String normalised) {
        assertEquals(normalised, Language.normalise(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "und", "x", "english!", "en--us", "<script>", "i-enochian-extremely-long-language-code-of-no-one"})
    void unusableLanguageIsNone(String code) {
        assertNull(Language.normalise(code));
    }

    @Test
    void emojiCodeIsReadWithOrWithoutColons() {
        assertEquals(Optional.of(new EmojiCode("blob")), EmojiCode.of(":blob:"));
        assertEquals(Optional.of(new EmojiCode("blob")), EmojiCode.of("blob"));
        assertEquals(Optional.empty(), EmojiCode.of(":b:"));
        assertEquals(Optional.empty(), EmojiCode.of("blob cat"));
    }

    @Test
    void hashtagNameIsReadWithOrWithoutSign() {
        assertEquals("tea", Hashtag.of("#Tea").orElseThrow().normalised());
        assertEquals("tea", Hashtag.of("Tea").orElseThrow().normalised());
        assertEquals(Optional.empty(), Hashtag.of("two words"));
        assertEquals(Optional.empty(), Hashtag.of("a".repeat(101)));
    }
}
