package social.dunlin.text;

/** Escaping for HTML text and double-quoted attributes alike. */
final class Escape {
    private Escape() {
    }

    static void append(StringBuilder html, String text) {
        for (int index = 0; index < text.length(); index++) {
            append(html, text.charAt(index));
        }
    }

    static void append(StringBuilder html, char character) {
        switch (character) {
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            default -> html.append(character);
        }
    }
}
