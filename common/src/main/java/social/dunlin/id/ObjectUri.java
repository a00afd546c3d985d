package social.dunlin.id;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The id of an ActivityPub object: an absolute http or https address, kept exactly as its owner writes it. The path is
 * never normalised, since ids such as {@code https://bsky.brid.gy/convert/ap/at://did:plc:x/y} would become others.
 */
public record ObjectUri(String value) {
    /** Bytes of UTF-8: an index of PostgreSQL takes no more than 2704. */
    public static final int MAXIMUM_LENGTH = 2048;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    public ObjectUri {
        if (value == null || !isShortEnough(value)) {
            throw new IllegalArgumentException("no object id");
        }
        value.codePoints().forEach(ObjectUri::requireAllowed);
        hostOf(value);
    }

    /** Whether a text is within {@link #MAXIMUM_LENGTH}; no character of Java takes more than three bytes. */
    public static boolean isShortEnough(String text) {
        return 3 * text.length() <= MAXIMUM_LENGTH
            || text.length() <= MAXIMUM_LENGTH && text.getBytes(StandardCharsets.UTF_8).length <= MAXIMUM_LENGTH;
    }

    /** @throws IllegalArgumentException when the text is no http(s) address; for our own values. */
    public static ObjectUri parse(String text) {
        return new ObjectUri(text);
    }

    /** For values from outside. */
    public static Optional<ObjectUri> tryParse(String text) {
        try {
            return Optional.of(new ObjectUri(text));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /** The host in canonical form, with the port unless it is the scheme's own. */
    public Host host() {
        return hostOf(value);
    }

    public boolean isHttps() {
        return schemeOf(value).equals("https");
    }

    /** The port to connect to. */
    public int port() {
        return host().port().orElse(isHttps() ? HTTPS_PORT : HTTP_PORT);
    }

    /** Scheme, host and port in canonical form, for example {@code https://example.org}. */
    public String origin() {
        return schemeOf(value) + "://" + host();
    }

    /** Path and query as they go over the wire: percent-encoded where the id is not ASCII, without fragment. */
    public String requestTarget() {
        String rest = value.substring(authorityEnd(value));
        int fragment = rest.indexOf('#');
        String target = fragment < 0 ? rest : rest.substring(0, fragment);
        return percentEncodeNonAscii(target.startsWith("/") ? target : "/" + target);
    }

    public ObjectUri withoutFragment() {
        int fragment = value.indexOf('#');
        return fragment < 0 ? this : new ObjectUri(value.substring(0, fragment));
    }

    /** Same scheme, host and port: what one of them says of the other may be believed. */
    public boolean sameOrigin(ObjectUri other) {
        return origin().equals(other.origin());
    }

    @Override
    public String toString() {
        return value;
    }

    private static Host hostOf(String value) {
        String scheme = schemeOf(value);
        String authority = value.substring(scheme.length() + 3, authorityEnd(value));
        int otherPort = scheme.equals("https") ? HTTP_PORT : HTTPS_PORT;
        if (authority.endsWith(":" + otherPort)) {
            throw new IllegalArgumentException("port and scheme of an object id contradict each other");
        }
        boolean defaultPort = scheme.equals("http") && authority.endsWith(":" + HTTP_PORT);
        return Host.parse(defaultPort ? authority.substring(0, authority.length() - 3) : authority);
    }

    private static String schemeOf(String value) {
        int end = value.indexOf("://");
        String scheme = end < 0 ? "" : value.substring(0, end).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("object id is not http or https");
        }
        return scheme;
    }

    private static int authorityEnd(String value) {
        for (int index = value.indexOf("://") + 3; index < value.length(); index++) {
            if ("/?#".indexOf(value.charAt(index)) >= 0) {
                return index;
            }
        }
        return value.length();
    }

    private static void requireAllowed(int codePoint) {
        boolean refused = switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> "\\\"<>".indexOf(codePoint) >= 0;
        };
        if (refused) {
            throw new IllegalArgumentException("object id with characters no address has");
        }
    }

    private static String percentEncodeNonAscii(String text) {
        if (text.chars().allMatch(character -> character < 0x80)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(String.format("%02X", octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
