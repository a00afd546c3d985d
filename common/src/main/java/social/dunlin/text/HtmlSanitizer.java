package social.dunlin.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * HTML from elsewhere to the few elements, attributes, classes and schemes Mastodon keeps. The output is parsed again
 * and compared until it stands still: what a browser builds from it is the tree that was checked, which is what
 * mutation attacks try to break. Never throws: input that will not settle is shown as text.
 */
public final class HtmlSanitizer {
    private static final int MAXIMUM_INPUT = 1_000_000;
    private static final int MAXIMUM_DEPTH = 64;
    private static final int MAXIMUM_ROUNDS = 6;

    private static final Set<String> KEPT = Set.of("p", "br", "span", "a", "del", "s", "pre", "blockquote", "code", "b",
            "strong", "u", "i", "em", "ul", "ol", "li", "ruby", "rt", "rp");
    private static final Set<String> KEPT_WITH_TABLES = Stream.concat(KEPT.stream(), Stream.of("table", "thead", "tbody", "tr", "th", "td"))
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");
    /** Their content is no text for readers. */
    private static final Set<String> DROPPED = Set.of("script", "style", "template", "iframe", "object", "embed",
            "noembed", "noframes", "noscript", "svg", "title", "head", "select", "textarea", "frameset", "applet");
    /** Their text would otherwise run into what stands before and behind. */
    private static final Set<String> BLOCKS = Set.of("address", "article", "aside", "dd", "div", "dl", "dt", "fieldset",
            "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "main", "nav", "section", "table",
            "tbody", "td", "tfoot", "th", "thead", "tr", "details", "summary");
    private static final Set<String> CLASSES = Set.of("mention", "hashtag", "ellipsis", "invisible", "quote-inline");
    private static final Pattern MICROFORMAT = Pattern.compile("(?:h|p|u|dt|e)-[A-Za-z0-9_-]{1,100}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9-]{1,35}");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");

    private HtmlSanitizer() {
    }

    /** @return safe HTML; empty for null */
    public static String sanitize(String html) {
        return sanitize(html, KEPT);
    }

    /** The same with plain tables, which our own Markdown makes. */
    static String sanitizeWithTables(String html) {
        return sanitize(html, KEPT_WITH_TABLES);
    }

    private static String sanitize(String html, Set<String> keptElements) {
        if (html == null || html.isEmpty()) {
            return "";
        }
        String input = html.length() > MAXIMUM_INPUT ? html.substring(0, MAXIMUM_INPUT) : html;
        String current = clean(withoutControls(input), keptElements);
        for (int round = 0; round < MAXIMUM_ROUNDS; round++) {
            String again = clean(current, keptElements);
            if (again.equals(current)) {
                return current;
            }
            current = again;
        }
        return asText(HtmlToText.convert(input));
    }

    private static String asText(String text) {
        StringBuilder escaped = new StringBuilder("<p>");
        Escape.append(escaped, text.replace("\n", " "));
        return escaped.append("</p>").toString();
    }

    private static String clean(String html, Set<String> keptElements) {
        StringBuilder output = new StringBuilder(html.length());
        new Writer(output, keptElements).children(Jsoup.parseBodyFragment(html).body(), 0);
        return output.toString().strip();
    }

    /** CR and NUL are changed or lost by parsers: settle them first. */
    private static String withoutControls(String text) {
        String source = PlainText.wellFormed(text).replace("\r\n", "\n").replace('\r', '\n');
        StringBuilder clean = new StringBuilder(source.length());
        for (int index = 0; index < source.length(); index++) {
            char character = source.charAt(index);
            if (!Character.isISOControl(character) || character == '\n' || character == '\t') {
                clean.append(character);
            }
        }
        return clean.toString();
    }

    private record Writer(StringBuilder output, Set<String> keptElements) {
        void children(Element parent, int depth) {
            for (Node node : parent.childNodes()) {
                if (node instanceof TextNode text) {
                    Escape.append(output, withoutControls(text.getWholeText()));
                } else if (node instanceof Element element) {
                    element(element, depth);
                }
            }
        }

        /** The parser bounds its own depth (512); beyond ours, elements vanish and their text stays. */
        private void element(Element element, int depth) {
            String name = element.normalName();
            if (DROPPED.contains(name)) {
                return;
            }
            if (name.equals("math")) {
                math(element);
            } else if (depth >= MAXIMUM_DEPTH || !isHtml(element)) {
                children(element, depth);
            } else if (name.equals("br")) {
                output.append("<br />");
            } else if (HEADINGS.contains(name)) {
                output.append("<p><strong>");
                children(element, depth + 2);
                output.append("</strong></p>");
            } else if (name.equals("a")) {
                link(element, depth);
            } else if (keptElements.contains(name)) {
                kept(element, name, attributes(element, name), depth);
            } else {
                unknown(element, name, depth);
            }
        }

        private static boolean isHtml(Element element) {
            return element.tag().namespace().equals("http://www.w3.org/1999/xhtml");
        }

        private void kept(Element element, String name, Map<String, String> attributes, int depth) {
            output.append('<').append(name);
            attributes.forEach((attribute, value) -> {
                output.append(' ').append(attribute).append("=\"");
                Escape.append(output, value);
                output.append('"');
            });
            output.append('>');
            int contentStart = output.length();
            children(element, depth + 1);
            if (name.equals("pre") && output.length() > contentStart && output.charAt(contentStart) == '\n') {
                output.insert(contentStart, '\n');
            }
            output.append("</").append(name).append('>');
        }

        private void link(Element element, int depth) {
            String url = SafeUrl.link(element.attr("href"));
            if (url == null) {
                children(element, depth);
                return;
            }
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("href", url);
            attributes.putAll(attributes(element, "a"));
            boolean tag = List.of(element.attr("rel").split("\\s+")).contains("tag");
            attributes.put("rel", tag ? "tag nofollow noopener" : "nofollow noopener");
            attributes.put("target", "_blank");
            if (element.attr("translate").equals("no")) {
                attributes.put("translate", "no");
            }
            kept(element, "a", attributes, depth);
        }

        private static Map<String, String> attributes(Element element, String name) {
            Map<String, String> kept = new LinkedHashMap<>();
            if (LANGUAGE.matcher(element.attr("lang")).matches()) {
                kept.put("lang", element.attr("lang"));
            }
            switch (name) {
                case "a", "span", "p" -> {
                    String classes = classes(element);
                    if (!classes.isEmpty()) {
                        kept.put("class", classes);
                    }
                }
                case "ol" -> {
                    if (INTEGER.matcher(element.attr("start")).matches()) {
                        kept.put("start", element.attr("start"));
                    }
                    if (element.hasAttr("reversed")) {
                        kept.put("reversed", "reversed");
                    }
                }
                case "li" -> {
                    if (INTEGER.matcher(element.attr("value")).matches()) {
                        kept.put("value", element.attr("value"));
                    }
                }
                default -> { }
            }
            if (name.equals("span") && element.attr("translate").equals("no")) {
                kept.put("translate", "no");
            }
            return kept;
        }

        private static String classes(Element element) {
            List<String> kept = new ArrayList<>();
            for (String name : element.classNames()) {
                if (CLASSES.contains(name) || MICROFORMAT.matcher(name).matches()) {
                    kept.add(name);
                }
            }
            return String.join(" ", kept);
        }

        private void unknown(Element element, String name, int depth) {
            boolean block = BLOCKS.contains(name);
            separate(block);
            children(element, depth);
            separate(block);
        }

        private void separate(boolean block) {
            if (block && !output.isEmpty() && !Character.isWhitespace(output.charAt(output.length() - 1))
                    && output.charAt(output.length() - 1) != '>') {
                output.append(' ');
            }
        }

        /** Formulas carry their TeX or plain reading in an annotation; without one, their text stays. */
        private void math(Element math) {
            Element tex = null;
            Element plain = null;
            for (Element annotation : math.getElementsByTag("annotation")) {
                boolean ofSemantics = annotation.parent() != null && annotation.parent().normalName().equals("semantics");
                String encoding = ofSemantics ? annotation.attr("encoding") : "";
                tex = tex == null && encoding.equals("application/x-tex") ? annotation : tex;
                plain = plain == null && encoding.equals("text/plain") ? annotation : plain;
            }
            if (tex != null) {
                String sign = math.attr("display").equals("block") ? "$$" : "$";
                Escape.append(output, sign + withoutControls(tex.wholeText()) + sign);
            } else if (plain != null) {
                Escape.append(output, withoutControls(plain.wholeText()));
            } else {
                Escape.append(output, withoutControls(HtmlToText.readable(math)));
            }
        }
    }
}
