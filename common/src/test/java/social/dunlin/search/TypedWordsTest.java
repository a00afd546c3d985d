package social.dunlin.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import social.dunlin.search.StatusSearchIndex.Text;
import social.dunlin.text.HtmlToText;
import social.dunlin.text.PlainTextFormatter;

/** Who posts plain text without addresses is found by the words that were typed: those of the HTML are the same. */
class TypedWordsTest {
    private static final List<String> ODD = List.of("a<b & c > d", "&amp; &lt;p&gt; <script>alert(1)</script>", "one\r\ntwo\rthree\n\n\nfour", " \t spaced\u00a0out \u2003 here ",
        "#Tag#other #with-dash ＃wide #日本語タグ #a_b x#y", ":wave: :no_such: :a", "www.example.org/path example.org mailto:x@example.org", "@nobody @nobody@example.org",
        "con\u0001trol\u007f \u0085 next\u2028line", "joined\u200djoin\u200cnon soft\u00adhyphen \ufeffbom", "\ud800 lone \udc00", "é e\u0301 ﬁne Straße ŁÓDŹ", "日本語の文章 한국어 ภาษาไทย العربية עברית",
        "'quoted' \"twice\" it's don’t", "1.5 2,3 a:1 b:2A 'x':3", "👩‍👩‍👧 🏳️‍🌈 ☃️", "\u202eright\u202c to left", "-- [] () {} \\ / |", "");

    private static String typed(String text) {
        return StatusSearchIndex.vector(new Text("", List.of(text, "a warning")));
    }

    private static String shown(String text) {
        return StatusSearchIndex.vector(new Text(PlainTextFormatter.format(text, Map.of(), hashtag -> "https://here.example/tags/" + hashtag.normalised()),
            List.of("a warning")));
    }

    @Test
    void oddTextsHaveTheWordsOfTheirHtml() {
        ODD.forEach(text -> assertEquals(shown(text), typed(text), text));
    }

    @Test
    void postsOfOthersHaveTheWordsOfTheirHtml() throws IOException {
        Set<String> texts = new TreeSet<>();
        ObjectMapper json = new ObjectMapper();
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("dunlin.test.shared"), "fixtures", "activitypub"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json") && !path.toString().contains("malformed")).toList()) {
                for (JsonNode content : json.readTree(file.toFile()).findValues("content")) {
                    texts.add(HtmlToText.convert(content.asText()));
                }
            }
        }
        texts.removeIf(text -> text.contains("://"));
        assertTrue(texts.size() > 100, "of so many programs: " + texts.size());
        texts.forEach(text -> assertEquals(shown(text), typed(text), text));
    }
}
