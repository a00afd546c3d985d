package social.dunlin.text;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** HTML to readable plain text, for search, notifications, page descriptions and filters. */
public final class HtmlToText {
    private static final Set<String> PARAGRAPHS = Set.of("p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4",
            "h5", "h6", "table", "section", "article");
    private static final Set<String> LINES = Set.of("br", "li", "div", "tr", "dt", "dd", "hr");
    private static final Set<String> SILENT = Set.of("script", "style", "template", "iframe", "object", "noembed",
            "noframes", "noscript", "svg", "title", "select", "textarea", "rp");

    private HtmlToText() {
    }

    /** Paragraphs apart by an empty line, lines by a newline; empty for null. */
    public static String convert(String html) {
        return html == null || html.isEmpty() ? "" : readable(Jsoup.parseBodyFragment(PlainText.wellFormed(html)).body());
    }

    static String readable(Element root) {
        TextVisitor visitor = new TextVisitor();
        root.traverse(visitor);
        return visitor.text.toString().strip();
    }

    private static final class TextVisitor implements NodeVisitor {
        private final StringBuilder text = new StringBuilder();
        private Node silencedBy;

        @Override
        public void head(Node node, int depth) {
            if (silencedBy != null) {
                return;
            }
            if (node instanceof TextNode textNode) {
                append(textNode.getWholeText(), node.parent() != null && within(node, "pre"));
            } else if (node instanceof Element element) {
                String name = element.normalName();
                if (SILENT.contains(name)) {
                    silencedBy = node;
                } else if (PARAGRAPHS.contains(name)) {
                    breakLine(2);
                } else if (LINES.contains(name) && !name.equals("br")) {
                    breakLine(1);
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (silencedBy == node) {
                silencedBy = null;
            } else if (silencedBy == null && node instanceof Element element) {
                String name = element.normalName();
                if (name.equals("br")) {
                    text.append('\n');
                } else if (PARAGRAPHS.contains(name)) {
                    breakLine(2);
                } else if (LINES.contains(name)) {
                    breakLine(1);
                }
            }
        }

        private static boolean within(Node node, String name) {
            Node parent = node.parent();
            for (int level = 0; parent != null && level < 4; level++, parent = parent.parent()) {
                if (parent.normalName().equals(name)) {
                    return true;
                }
            }
            return false;
        }

        private void append(String part, boolean preserved) {
            for (int index = 0; index < part.length(); index++) {
                char character = part.charAt(index);
                boolean space = character == ' ' || character == '\t' || character == '\n' || character == '\r'
                        || character == '\f';
                if (preserved || !space) {
                    text.append(character);
                } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
                    text.append(' ');
                }
            }
        }

        private void breakLine(int wanted) {
            int length = text.length();
            while (length > 0 && text.charAt(length - 1) == ' ') {
                length--;
            }
            text.setLength(length);
            int present = 0;
            while (present < wanted && length - present > 0 && text.charAt(length - present - 1) == '\n') {
                present++;
            }
            if (length > 0) {
                text.repeat('\n', wanted - present);
            }
        }
    }
}
