package social.dunlin.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlSanitizerTest {
    private static final List<String> ALLOWED = List.of("p", "br", "span", "a", "del", "s", "pre", "blockquote", "code", "b",
            "strong", "u", "i", "em", "ul", "ol", "li", "ruby", "rt", "rp");
    private static final List<String> ATTRIBUTES = List.of("href", "rel", "class", "translate", "target", "lang", "start",
            "reversed", "value");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <p>a<br>b</p>                                    | <p>a<br />b</p>
            <h1>T</h1><p>x</p>                               | <p><strong>T</strong></p><p>x</p>
            <div>a</div><div>b</div>                         | a b
            <p onclick=x style=y id=z class="evil h-card p-x">t</p>  | <p class="h-card p-x">t</p>
            <a href="https://a.example/" onclick=x>l</a>     | <a href="https://a.example/" rel="nofollow noopener" target="_blank">l</a>
            <a href="https://a.example/" rel="me tag" class="mention hashtag x" translate="no">#<span>t</span></a> | <a href="https://a.example/" class="mention hashtag" rel="tag nofollow noopener" target="_blank" translate="no">#<span>t</span></a>
            <span class="quote-inline">RE</span>             | <span class="quote-inline">RE</span>
            <ol start="3" reversed><li value="7" type=a>x</li></ol> | <ol start="3" reversed="reversed"><li value="7">x</li></ol>
            <p lang="de">x</p>                               | <p lang="de">x</p>
            <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>    | <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>
            <marquee>text <x-y>stays</x-y></marquee>         | text stays
            a < b & c                                        | a &lt; b &amp; c
            <script>alert(1)</script><style>p{}</style>x     | x
            <a href="magnet:?xt=urn:btih:1">m</a>            | <a href="magnet:?xt=urn:btih:1" rel="nofollow noopener" target="_blank">m</a>
            """)
    void htmlFromElsewhereIsReduced(String input, String output) {
        assertEquals(output, HtmlSanitizer.sanitize(input));
    }

    @Test
    void formulaBecomesItsAnnotation() {
        String math = "<math%s><semantics><mi>x</mi><annotation encoding=\"%s\">x^2 &lt; 3</annotation></semantics></math>";
        assertEquals("$x^2 &lt; 3$", HtmlSanitizer.sanitize(math.formatted("", "application/x-tex")));
        assertEquals("$$x^2 &lt; 3$$", HtmlSanitizer.sanitize(math.formatted(" display=block", "application/x-tex")));
        assertEquals("x^2 &lt; 3", HtmlSanitizer.sanitize(math.formatted("", "text/plain")));
        assertEquals("y", HtmlSanitizer.sanitize("<math><mi>y</mi></math>"));
    }

    @Test
    void preformattedTextKeepsItsFirstEmptyLine() {
        String once = HtmlSanitizer.sanitize("<pre>\n\ncode\n  more</pre>");
        assertEquals("\ncode\n  more", Jsoup.parseBodyFragment(once).selectFirst("pre").wholeText());
        assertEquals(once, HtmlSanitizer.sanitize(once));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example/", "java\tscript:alert(1)",
            "java\nscript:x", " javascript:x", "\u0001javascript:x", "JaVaScRiPt:x", "/relative", "blob:x", "http:evil", "file:///x",
            "https://", "https:\\\\evil", "&#106;avascript:x", "about:blank"})
    void hostileInput67_linkOfAnotherSchemeBecomesText(String href) {
        assertEquals("text", HtmlSanitizer.sanitize("<a href=\"" + href + "\">text</a>"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void hostileInput68_activeContentIsRemovedAndOutputParsesToTheSameTree(String attack) {
        assertSafe(HtmlSanitizer.sanitize(attack));
    }

    static List<String> attacks() {
        return List.of("<embed src=x>", "<object data=x><p>y</p></object>", "<svg><script>alert(1)</script></svg>",
                "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
                "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
                "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
                "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<p><svg><p><a title=\"</svg><img>\">",
                "<textarea><a title=\"</textarea><img src=x onerror=alert(1)>\">", "<xmp><a title=\"</xmp><script>x</script>\">",
                "<iframe srcdoc=\"<script>x</script>\"></iframe>", "<a><table><a href=https://a.example>x</table>",
                "<p><object><p><blockquote><p>x", "<b><p><i><b><p></i><a href=https://a.example><a href=https://b.example>x",
                "<template><script>x</script></template>", "<plaintext><script>x</script>", "<!--><img src=x onerror=x>-->",
                "<![CDATA[<img src=x onerror=x>]]>", "<svg><![CDATA[><img src=x onerror=x>]]></svg>", "<title><img src=x></title>",
                "<select><style></select><img src=x onerror=x></style>", "<ul><p><li><ol><li></ul>x", "<ruby><rt><p><rt><rp>x",
                "<h1><h2><p>x</h1>", "<button><p><button><p>x", "<table><p><tr><p><td><p>x", "<p><h1><p>x</p></h1>",
                "<span class='mention\" onclick=\"x'>y</span>", "<a href='https://a.example/\"><img src=x onerror=x>'>y</a>");
    }

    /** What a Markdown renderer elsewhere made of {@code !["><img onerror=…>](x)}. */
    @Test
    void hostileInput71_markupInPictureTextIsEscapedOrGone() {
        assertSafe(HtmlSanitizer.sanitize("<p><img src=\"x\" alt=\"\"><img onerror=alert(1)>\"></p>"));
        assertEquals("<p>![&quot;&gt;](x)</p>", HtmlSanitizer.sanitize("<p>![\"><img onerror=alert(1)>](x)</p>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<math>", "<math><semantics>", "<math><semantics><annotation>", "<math><annotation encoding=text/plain>",
            "<math display=block><semantics><annotation encoding=application/x-tex>", "<!--", "<!-- <p>", "<", "</", "<a href=",
            "a\0b<p\0>\0</p>", "\uD800<p>\uDC00</p>", "<p title=\"\uD800\">", "&#xD800;&#0;&#x110000;&#13;", "<?xml", "<!DOCTYPE"})
    void hostileInput53_brokenMarkupNeverThrows(String input) {
        assertSafe(HtmlSanitizer.sanitize(input));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<math>", "<math><mrow>", "<div>", "<blockquote>", "<b>", "<a href=https://a.example>", "<ul><li>",
            "<span>", "<p>", "<table><tr><td>", "<svg>", "<ruby><rt>", "<b lang=a><i><p>", "<font><p>", "</p>", "<x-y>"})
    void hostileInput53_tenThousandLevelsComeOutBounded(String level) {
        String output = HtmlSanitizer.sanitize(level.repeat(10_000) + "text");
        assertSafe(output);
        assertTrue(depth(Jsoup.parseBodyFragment(output).body()) <= 80);
        assertTrue(output.length() < 2_000_000, () -> "grew to " + output.length());
    }

    @Test
    void hostileInput53_randomMarkupIsAlwaysSafeAndStable() {
        Random random = new Random(53);
        List<String> parts = new ArrayList<>(List.of("text", " ", "\n", "<", ">", "\"", "'", "&", "&lt;", "\0", "<!--", "-->", "<![CDATA[",
                "]]>", "\uD800", " href=https://a.example", " class=\"mention\""));
        for (String name : List.of("p", "a", "b", "i", "span", "pre", "code", "ul", "li", "ol", "h1", "div", "table", "tr", "td", "svg",
                "math", "mtext", "annotation", "style", "script", "template", "select", "option", "form", "button", "ruby", "rt", "rp",
                "noscript", "iframe", "title", "textarea", "blockquote", "br", "img", "object", "foreignObject", "desc", "caption")) {
            parts.add("<" + name + ">");
            parts.add("</" + name + ">");
        }
        for (int round = 0; round < 3_000; round++) {
            StringBuilder input = new StringBuilder();
            for (int part = random.nextInt(40); part >= 0; part--) {
                input.append(parts.get(random.nextInt(parts.size())));
            }
            assertSafe(HtmlSanitizer.sanitize(input.toString()));
        }
    }

    private static void assertSafe(String output) {
        Element body = Jsoup.parseBodyFragment(output).body();
        for (Element element : body.getAllElements()) {
            if (element != body) {
                assertTrue(ALLOWED.contains(element.normalName()), output);
                element.attributes().forEach(attribute -> assertTrue(ATTRIBUTES.contains(attribute.getKey()), output));
                assertFalse(element.hasAttr("href") && !element.attr("href").startsWith("https://"), output);
            }
        }
        assertEquals(output, HtmlSanitizer.sanitize(output));
        Element again = Jsoup.parseBodyFragment(body.outerHtml()).body();
        assertEquals(body.getAllElements().eachAttr("href"), again.getAllElements().eachAttr("href"));
        assertEquals(tree(body), tree(Jsoup.parseBodyFragment(HtmlSanitizer.sanitize(output)).body()));
    }

    private static String tree(Element element) {
        StringBuilder tree = new StringBuilder();
        element.traverse((node, depth) -> tree.append(depth).append(node.nodeName()).append(node.attributes()).append('\n'));
        return tree.toString();
    }

    private static int depth(Element element) {
        int[] deepest = {0};
        element.traverse((node, depth) -> deepest[0] = Math.max(deepest[0], depth));
        return deepest[0];
    }
}
