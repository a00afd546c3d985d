package social.dunlin.federation.signature;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.dunlin.federation.signature.VerificationOutcome.Reason;

/**
 * The part of RFC 8941 that message signatures need: dictionaries whose members are inner lists of strings or byte
 * sequences, with parameters. Stricter in one point: a name that appears twice is refused instead of the last winning,
 * since two readers of the same header must not see two different signatures.
 */
final class StructuredFields {
    private static final int MAXIMUM_LENGTH = 16 * 1024;

    private final String text;
    private int position;

    private StructuredFields(String text) {
        if (text.length() > MAXIMUM_LENGTH) {
            throw malformed();
        }
        this.text = text;
    }

    /**
     * @param raw the member's value byte for byte, parameters included
     * @param items the strings of an inner list; empty for other kinds of value
     */
    record Member(String name, String raw, List<Item> items, Map<String, String> parameters, boolean isInnerList) {
        String byteSequenceText() {
            if (raw.length() < 2 || raw.charAt(0) != ':' || raw.indexOf(':', 1) < 0) {
                throw malformed();
            }
            return raw.substring(1, raw.indexOf(':', 1));
        }
    }

    /** A string in an inner list: a component identifier. */
    record Item(String value, Map<String, String> parameters) {
    }

    static List<Member> parseDictionary(String header) {
        return new StructuredFields(header).dictionary();
    }

    static byte[] decodeBase64(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new SignatureRefusal(Reason.MALFORMED, "signature header with broken base64");
        }
    }

    private List<Member> dictionary() {
        List<Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        skipSpaces();
        while (position < text.length()) {
            Member member = member();
            if (!names.add(member.name())) {
                throw new SignatureRefusal(Reason.DUPLICATE, "the same label twice in a signature header");
            }
            members.add(member);
            skipSpaces();
            if (position < text.length()) {
                expect(',');
                skipSpaces();
                if (position == text.length()) {
                    throw malformed();
                }
            }
        }
        return members;
    }

    private Member member() {
        String name = key();
        expect('=');
        int start = position;
        boolean innerList = peek() == '(';
        List<Item> items = innerList ? innerList() : List.of();
        if (!innerList) {
            bareItem();
        }
        Map<String, String> parameters = parameters();
        return new Member(name, text.substring(start, position), items, parameters, innerList);
    }

    private List<Item> innerList() {
        expect('(');
        List<Item> items = new ArrayList<>();
        skipSpaces();
        while (peek() != ')') {
            if (peek() != '"') {
                throw malformed();
            }
            items.add(new Item(bareItem(), parameters()));
            if (peek() != ' ' && peek() != ')') {
                throw malformed();
            }
            skipSpaces();
        }
        expect(')');
        return items;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (position < text.length() && text.charAt(position) == ';') {
            position++;
            skipSpaces();
            String name = key();
            String value = "true";
            if (position < text.length() && text.charAt(position) == '=') {
                position++;
                value = bareItem();
            }
            if (parameters.put(name, value) != null) {
                throw new SignatureRefusal(Reason.DUPLICATE, "the same parameter twice in a signature header");
            }
        }
        return parameters;
    }

    private String bareItem() {
        char first = peek();
        if (first == '"') {
            return quotedString();
        }
        if (first == ':') {
            int end = text.indexOf(':', position + 1);
            if (end < 0) {
                throw malformed();
            }
            String value = text.substring(position + 1, end);
            position = end + 1;
            return value;
        }
        int start = position;
        while (position < text.length() && ",; ()\"".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        if (start == position) {
            throw malformed();
        }
        return text.substring(start, position);
    }

    private String quotedString() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char character = text.charAt(position++);
            if (character == '\\') {
                character = peek();
                position++;
                if (character != '"' && character != '\\') {
                    throw malformed();
                }
            } else if (character < 0x20 || character > 0x7e) {
                throw malformed();
            }
            value.append(character);
        }
        expect('"');
        return value.toString();
    }

    private String key() {
        int start = position;
        while (position < text.length() && isKeyCharacter(text.charAt(position))) {
            position++;
        }
        if (start == position) {
            throw malformed();
        }
        return text.substring(start, position);
    }

    private static boolean isKeyCharacter(char character) {
        return character >= 'a' && character <= 'z' || character >= '0' && character <= '9'
                || "_-.*".indexOf(character) >= 0;
    }

    private char peek() {
        if (position >= text.length()) {
            throw malformed();
        }
        return text.charAt(position);
    }

    private void expect(char character) {
        if (peek() != character) {
            throw malformed();
        }
        position++;
    }

    private void skipSpaces() {
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
    }

    private static SignatureRefusal malformed() {
        return new SignatureRefusal(Reason.MALFORMED, "unreadable signature header");
    }
}
