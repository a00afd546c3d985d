package social.dunlin.api.web;

import io.quarkus.qute.RawString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import social.dunlin.api.entity.CustomEmojiEntity;
import social.dunlin.text.SafeUrl;

/** Puts the pictures of custom emoji where their codes stand; everything else stays what it was, text stays text. */
final class EmojiHtml {
    private static final Pattern CODE = Pattern.compile(":([A-Za-z0-9_]{2,}):");

    private EmojiHtml() {
    }

    /** Plain text to HTML. */
    static RawString ofText(String text, List<CustomEmojiEntity> emojis) {
        Element line = new Document("").body();
        line.appendText(text);
        return show(line, emojis);
    }

    /** Plain text without the codes, for titles; as it is when nothing else would be left. */
    static String without(String text, List<CustomEmojiEntity> emojis) {
        String rest = text;
        for (CustomEmojiEntity emoji : emojis) {
            rest = rest.replace(":" + emoji.shortcode() + ":", "");
        }
        return rest.isBlank() ? text : rest.strip().replaceAll(" +", " ");
    }

    /** Sanitised HTML with pictures in its text, never in its attributes. */
    static RawString ofHtml(String html, List<CustomEmojiEntity> emojis) {
        return emojis.isEmpty() ? new RawString(html) : show(Jsoup.parseBodyFragment(html).body(), emojis);
    }

    private static RawString show(Element body, List<CustomEmojiEntity> emojis) {
        if (!emojis.isEmpty()) {
            Map<String, CustomEmojiEntity> known = emojis.stream()
                .filter(emoji -> SafeUrl.http(emoji.staticUrl()) != null)
                .collect(Collectors.toMap(CustomEmojiEntity::shortcode, Function.identity(), (first, _) -> first));
            textNodes(body).forEach(text -> replaceCodes(text, known));
        }
        body.ownerDocument().outputSettings().prettyPrint(false);
        return new RawString(body.html());
    }

    /** Collected first, because replacing changes what is walked through. */
    private static List<TextNode> textNodes(Element body) {
        List<TextNode> found = new ArrayList<>();
        body.traverse((node, _) -> {
            if (node instanceof TextNode text) {
                found.add(text);
            }
        });
        return found;
    }

    private static void replaceCodes(TextNode node, Map<String, CustomEmojiEntity> known) {
        String text = node.getWholeText();
        Matcher matcher = CODE.matcher(text);
        int position = 0;
        for (int from = 0; matcher.find(from); ) {
            CustomEmojiEntity emoji = known.get(matcher.group(1));
            // The closing colon of what is no emoji may open the next one.
            from = emoji == null ? matcher.end() - 1 : matcher.end();
            if (emoji != null) {
                node.before(new TextNode(text.substring(position, matcher.start())));
                node.before(picture(emoji, matcher.group()));
                position = matcher.end();
            }
        }
        node.text(text.substring(position));
    }


    private static Element picture(CustomEmojiEntity emoji, String code) {
        return new Element("img").addClass("emoji").attr("src", emoji.staticUrl()).attr("alt", code).attr("title", code)
            .attr("width", "20").attr("height", "20").attr("loading", "lazy").attr("referrerpolicy", "no-referrer");
    }
}
