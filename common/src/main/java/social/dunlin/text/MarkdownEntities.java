package social.dunlin.text;

import java.util.Set;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/**
 * Makes mentions, hashtags, addresses and emoji codes parts of the Markdown grammar, so that an underscore or asterisk
 * within them does not begin emphasis.
 */
final class MarkdownEntities implements InlineContentParserFactory {
    private static final int LONGEST_NAME = 400;
    private static final int LONGEST_ADDRESS = 2100;

    @Override
    public Set<Character> getTriggerCharacters() {
        return Set.of('h', 'H', '@', '#', '\uFF03', ':');
    }

    @Override
    public InlineContentParser create() {
        return MarkdownEntities::parse;
    }

    private static ParsedInline parse(InlineParserState state) {
        Scanner scanner = state.scanner();
        int before = scanner.peekPreviousCodePoint();
        String prefix = before == Scanner.END ? "" : Character.toString(before);
        Position start = scanner.position();
        boolean address = scanner.peek() == 'h' || scanner.peek() == 'H';
        String ahead = prefix + ahead(scanner, address ? LONGEST_ADDRESS : LONGEST_NAME, address);
        TextEntity entity = EntityScanner.at(ahead, prefix.length());
        if (entity == null) {
            return ParsedInline.none();
        }
        scanner.setPosition(start);
        for (int passed = prefix.length(); passed < entity.end(); passed++) {
            scanner.next();
        }
        return ParsedInline.of(new MarkdownFormatter.EntityNode(entity, ahead.substring(prefix.length(), entity.end())), scanner.position());
    }

    /** The rest of the word; an address ends where it closes the text of a link: {@code [https://a.example](…)}. */
    private static String ahead(Scanner scanner, int longest, boolean address) {
        StringBuilder text = new StringBuilder();
        while (scanner.hasNext() && text.length() < longest) {
            char next = scanner.peek();
            if (Character.isWhitespace(next) || next == '`' || next == '<') {
                break;
            }
            scanner.next();
            if (next == ']' && (scanner.peek() == '(' || scanner.peek() == '[')) {
                break;
            }
            text.append(next);
            if (address && text.length() == 4 && !text.toString().equalsIgnoreCase("http")) {
                break;
            }
        }
        return text.toString();
    }
}
