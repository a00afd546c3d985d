package social.dunlin.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextFormatterTest {
    private static final ResolvedMention ALICE =
            new ResolvedMention("https://example.com/@alice", "alice", "alice@example.com");
    private static final ResolvedMention OTHER_ALICE =
            new ResolvedMention("https://other.example/@alice", "alice", "alice@other.example");

    private static String format(String text) {
        return PlainTextFormatter.format(text, Map.of(new MentionName("alice", null), ALICE,
                new MentionName("alice", "example.com"), ALICE), tag -> "https://example.com/tags/" + tag.normalised());
    }

    @Test
    void blocksBecomeParagraphsAndSingleNewlinesBecomeBreaks() {
        assertEquals("<p>one<br />two</p><p>three</p>", format("\none\r\ntwo\n\n\nthree\n"));
        assertEquals("", format(" \n "));
    }

    @Test
    void textIsEscaped() {
        assertEquals("<p>&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;</p>", format("<b> & \"x\" 'y'"));
    }

    @Test
    void resolvedMentionIsALinkWithoutHostAndUnresolvedStaysText() {
        assertEquals("<p>hi <span class=\"h-card\" translate=\"no\"><a href=\"https://example.com/@alice\" "
                + "class=\"u-url mention\">@<span>alice</span></a></span>, @bob@gone.example.</p>",
                format("hi @Alice, @bob@gone.example."));
    }

    @Test
    void mentionsWithTheSameUserNameShowTheirHosts() {
        String html = PlainTextFormatter.format("@alice @alice@other.example", Map.of(new MentionName("alice", null), ALICE,
                new MentionName("alice", "other.example"), OTHER_ALICE), Hashtag::display);
        assertTrue(html.contains("@<span>alice@example.com</span>"), html);
        assertTrue(html.contains("@<span>alice@other.example</span>"), html);
    }

    @Test
    void hashtagKeepsItsSpelling() {
        assertEquals("<p><a href=\"https://example.com/tags/caturday\" class=\"mention hashtag\" rel=\"tag\">"
                + "#<span>Caturday</span></a>!</p>", format("#Caturday!"));
    }

    @Test
    void shortLinkIsShownWhole() {
        assertEquals("<p><a href=\"https://example.org/a?b=1&amp;c=2\" target=\"_blank\" rel=\"nofollow noopener\" "
                + "translate=\"no\"><span class=\"invisible\">https://</span><span class=\"\">example.org/a?b=1&amp;c=2"
                + "</span><span class=\"invisible\"></span></a>.</p>", format("https://example.org/a?b=1&c=2."));
    }

    @Test
    void longLinkIsCutAfterThirtyCharactersAndKeepsItsText() {
        assertEquals("<p><a href=\"https://www.example.org/0123456789/0123456789/0123456789\" target=\"_blank\" "
                + "rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">https://www.</span>"
                + "<span class=\"ellipsis\">example.org/0123456789/0123456</span>"
                + "<span class=\"invisible\">789/0123456789</span></a></p>",
                format("https://www.example.org/0123456789/0123456789/0123456789"));
    }

    @Test
    void profileFieldIsOneLineWithHostsAndIdentityLinks() {
        String html = PlainTextFormatter.format("https://a.example\n@alice", Map.of(new MentionName("alice", null), ALICE),
                Hashtag::display, PlainTextFormatter.Place.FIELD);
        assertFalse(html.contains("<p>") || html.contains("<br"), html);
        assertTrue(html.contains("rel=\"nofollow noopener me\"") && html.contains("@<span>alice@example.com</span>"), html);
    }

    @Test
    void emojiCodesStayAndAreFound() {
        assertEquals("<p>:blob_cat: 10:30:45</p>", format(":blob_cat: 10:30:45"));
        assertEquals(Set.of(new EmojiCode("blob_cat")), PlainTextFormatter.extract(":blob_cat: a:no:b :x: ::yy:: 10:30:45").emojis());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello @bob                    | bob
            @bob@Remote.Example!          | bob@remote.example
            (@bob@localhost:8443).        | bob@localhost:8443
            @bob@127.0.0.1:3000/x         | bob@127.0.0.1:3000
            @a.b-c_d.                     | a.b-c_d
            @bob@münchen.example          | bob@münchen.example
            .@bob@remote.example:         | bob@remote.example
            """)
    void mentionIsFound(String text, String name) {
        assertEquals(List.of(name), PlainTextFormatter.extract(text).mentions().stream().map(Object::toString).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"me@remote.example", "https://remote.example/@bob", "https://a.example/x?@bob@c.example#tag",
            "x=@bob", "@", "@.bob", "/@bob", "http://user@host.example"})
    void noMention(String text) {
        assertEquals(Set.of(), PlainTextFormatter.extract(text).mentions());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            #Tag                | Tag        | tag
            (#2026年)            | 2026年      | 2026年
            ＃ＡＢＣ               | ＡＢＣ        | abc
            #Straße             | Straße     | strasse
            #a_b_               | a_b_       | a_b_
            #c·d·               | c·d        | c·d
            #1_2                | 1_2        | 1_2
            #हिन्दी              | हिन्दी       | हिन्दी
            """)
    void hashtagIsFound(String text, String display, String normalised) {
        assertEquals(List.of(new Hashtag(display, normalised)), PlainTextFormatter.extract(text).hashtags());
    }

    @ParameterizedTest
    @ValueSource(strings = {"#123", "a#tag", "/#tag", "#", "##", "# tag", "https://a.example/#tag", "#·", "C#"})
    void noHashtag(String text) {
        assertEquals(List.of(), PlainTextFormatter.extract(text).hashtags());
    }

    @Test
    void sameHashtagInTwoSpellingsCountsOnceInTheFirst() {
        assertEquals(List.of("Tea"), PlainTextFormatter.extract("#Tea #TEA").hashtags().stream().map(Hashtag::display).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            see http://example.org, then           | http://example.org
            (https://example.org/a_(b))            | https://example.org/a_(b)
            https://example.org:8443/x;y!          | https://example.org:8443/x;y
            見てhttps://example.org/日本語。           | https://example.org/日本語
            HTTPS://Example.org/?q=a&b[]=1         | HTTPS://Example.org/?q=a&b[]=1
            "https://example.org/"                 | https://example.org/
            http://localhost:8080/@alice           | http://localhost:8080/@alice
            """)
    void addressIsFound(String text, String url) {
        assertEquals(Set.of(url), PlainTextFormatter.extract(text).urls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "javascript:alert(1)", "xhttp://example.org", "http://", "http://.", "https:///x",
            "http://word"})
    void noAddress(String text) {
        assertEquals(Set.of(), PlainTextFormatter.extract(text).urls());
    }

    /** No pattern is matched by backtracking; each of these would take hours if one were. */
    @ParameterizedTest
    @ValueSource(strings = {"@", "#", ":a", "a.", "http://", "@a@", "@a.-", "#_", "#·", ":aa:", "http://a.b/(", "http://a.b/))",
            "http://a.", "\uD83D\uDE00", "\uD83D", "#1", "e\u0301", "@a@b.c:1", "\n", "<"})
    void hostileRepetitionOf100KilobytesIsFormatted(String part) {
        String text = part.repeat(100_000 / part.length());
        assertTrue(format(text).length() < 100 * text.length() + 100);
        assertTrue(StatusLength.of(text) <= 24 * text.length());
    }

    @Test
    void loneSurrogatesAreReplaced() {
        assertEquals("<p>a\uFFFDb</p>", format("a\uD800b"));
    }
}
