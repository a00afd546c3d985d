package social.dunlin.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownFormatterTest {
    private static final Map<MentionName, ResolvedMention> PEOPLE = Map.of(new MentionName("snake_case_", null),
        new ResolvedMention("https://village.example/@snake_case_", "snake_case_", "snake_case_@village.example"));

    private static String html(String markdown) {
        return MarkdownFormatter.format(markdown, PEOPLE, tag -> "https://village.example/tags/" + tag.normalised());
    }

    @Test
    void whatIsMarkedIsShown() {
        assertEquals("<p><strong>bold</strong> <em>slanted</em> <del>gone</del> <code>x &lt; y</code></p>", html("**bold** *slanted* ~~gone~~ `x < y`"));
        assertEquals("<ul><li>one</li><li>two</li></ul>", html("- one\n- two"));
        assertEquals("<blockquote><p>said</p></blockquote><p>answer</p>", html("> said\n\nanswer"));
        assertEquals("<p><strong>Title</strong></p><p>text</p>", html("# Title\n\ntext"));
        assertEquals("<pre><code>a\n  b\n</code></pre>", html("```java\na\n  b\n```"));
    }

    @Test
    void lineBreaksStay() {
        assertEquals("<p>one<br />two</p><p>three</p>", html("one\r\ntwo\n\nthree"));
    }

    @Test
    void tables() {
        assertEquals("<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
            html("| a | b |\n|---|:-:|\n| 1 | 2 |"));
    }

    @Test
    void peopleHashtagsAndAddressesAreFoundAsInPlainText() {
        String text = "Hi @snake_case_, see #some_tag and https://a.example/_x_/*y*?q=(1). Not me@a.example";
        assertEquals(PlainTextFormatter.extract(text).mentions(), MarkdownFormatter.extract(text).mentions());
        assertEquals(List.of("some_tag"), MarkdownFormatter.extract(text).hashtags().stream().map(Hashtag::display).toList());
        assertEquals(Set.of("https://a.example/_x_/*y*?q=(1)"), MarkdownFormatter.extract(text).urls());
        Element body = Jsoup.parseBodyFragment(html(text)).body();
        assertEquals("https://village.example/@snake_case_", body.select("a.mention.u-url").attr("href"));
        assertEquals("https://village.example/tags/some_tag", body.select("a.hashtag").attr("href"));
        assertEquals("https://a.example/_x_/*y*?q=(1)", body.select("a:not(.mention)").attr("href"));
        assertEquals(0, body.select("em").size(), "an address holds no emphasis");
    }

    @Test
    void emphasisAroundThemIsSeen() {
        assertEquals(Set.of("https://a.example/x"), MarkdownFormatter.extract("**https://a.example/x**").urls());
        assertTrue(html("*#tag*").startsWith("<p><em><a href"), html("*#tag*"));
        assertEquals(List.of("wave"), MarkdownFormatter.extract("**:wave:**").emojis().stream().map(EmojiCode::code).toList());
    }

    @Test
    void withinCodeTheyMeanNothing() {
        String text = "`@snake_case_ #tag :wave: https://a.example`\n\n```\n@snake_case_ #tag\n```\n\n    #tag";
        assertEquals(List.of(), MarkdownFormatter.extract(text).all());
        assertFalse(html(text).contains("<a "), html(text));
    }

    @Test
    void withinALinkThereIsNoOther() {
        Element body = Jsoup.parseBodyFragment(html("[@snake_case_ at https://b.example/](https://a.example/p)")).body();
        assertEquals(List.of("https://a.example/p"), body.select("a").eachAttr("href"));
        assertEquals(Set.of(), MarkdownFormatter.extract("[@snake_case_](https://a.example/p)").mentions());
        assertEquals(Set.of("https://a.example/p"), MarkdownFormatter.extract("[x](https://a.example/p)").urls());
    }

    @Test
    void pathsAndHashtagsAreNoHeadings() {
        assertEquals("<p><a href=\"https://village.example/tags/tag\" class=\"mention hashtag\" rel=\"tag nofollow noopener\" target=\"_blank\">#<span>tag</span></a></p>", html("#tag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<script>alert(1)</script>", "<b onclick=x>a</b>", "[x](javascript:alert(1))", "[x](data:text/html,a)", "<javascript:alert(1)>",
        "![\"><img src=x onerror=alert(1)>](x)", "![a](https://a.example/p.png \"\\\" onload=x\")", "[a](<https://a.example/\"onclick=x>)",
        "```\"><script>\nx\n```", "| <img src=x> |\n|---|\n| <svg onload=x> |", "&lt;script&gt;", "[x]: javascript:alert(1)\n[x]"})
    void hostileInput71_nothingRuns(String hostile) {
        Element body = Jsoup.parseBodyFragment(html(hostile)).body();
        assertEquals(0, body.select("script, img, svg, iframe, style").size(), body.html());
        body.getAllElements().forEach(element -> element.attributes().forEach(attribute ->
            assertFalse(attribute.getKey().startsWith("on") || attribute.getValue().strip().toLowerCase().startsWith("javascript:"), body.html())));
    }

    @Test
    void pictureBecomesALink() {
        assertEquals("<p><a href=\"https://a.example/p.png\" rel=\"nofollow noopener\" target=\"_blank\">A cat</a></p>", html("![A cat](https://a.example/p.png)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {">", "- ", "*a_", "[", "![", "**", "(", "`", "~~", "@", "#", ":", "http://", "|", "&", "\\", "<", "[](", "1. ", "\t"})
    void hugeAndDeepTextIsBounded(String piece) {
        String text = piece.repeat(90_000 / piece.length());
        String written = html(text);
        MarkdownFormatter.extract(text);
        assertTrue(written.length() < 40 * text.length(), piece);
        int deepest = Jsoup.parseBodyFragment(written).body().getAllElements().stream().mapToInt(element -> element.parents().size()).max().orElse(0);
        assertTrue(deepest < 100, piece + " is " + deepest + " deep");
    }

    @Test
    void whatIsLongerThanAnyPostIsPlainText() {
        assertEquals("<p>" + "*".repeat(100_001) + "</p>", html("*".repeat(100_001)));
    }
}
