package social.dunlin.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The first link that names nobody and no hashtag, in HTML as it is stored. */
class PreviewLinksTest {
    private static final String MENTION = "<a href=\"https://far.example/@anna\" class=\"mention u-url\">@<span>anna</span></a>";
    private static final String HASHTAG = "<a href=\"https://here.example/tags/one\" class=\"mention hashtag\" rel=\"tag\">#<span>one</span></a>";
    private static final String LINK = "<a href=\"https://page.example/a#part\" rel=\"nofollow\">page.example/a</a>";

    private static Optional<String> first(String html) {
        return PreviewLinks.first(html, List.of()).map(Object::toString);
    }

    @Test
    void namesAloneGiveNone() {
        assertEquals(Optional.empty(), first("<p>Words</p>"));
        assertEquals(Optional.empty(), first("<p>" + MENTION + " and " + HASHTAG + " and <a class=\"mention\" href=\"https://far.example/@bert\">bert</a></p>"));
        assertEquals(Optional.empty(), first("<p><a href=\"https://far.example/tag/two\" rel=\"nofollow tag\">#two</a> <a class=\"hashtag\" href=\"https://far.example/three\">#three</a></p>"));
    }

    @Test
    void aLinkAmongNamesIsFound() {
        assertEquals(Optional.of("https://page.example/a"), first("<p>" + MENTION + " " + HASHTAG + " " + LINK + "</p>"));
        assertEquals(Optional.of("https://page.example/a"), first("<p>" + LINK + " " + MENTION + "</p>"));
    }

    @Test
    void whatOnlyLooksLikeANameIsALink() {
        assertEquals(Optional.of("https://page.example/b"), first("<p><a class=\"mentionable\" href=\"https://page.example/b\">b</a></p>"));
        assertEquals(Optional.of("https://page.example/c"), first("<p><a title=\" class=&quot;mention\" href=\"https://page.example/c\">c</a> " + MENTION + "</p>"));
        assertEquals(Optional.of("https://page.example/d?e"), first("<p><a href=\"https://page.example/d?e\">a > b</a></p><p>class=\"mention\"</p>"));
    }
}
