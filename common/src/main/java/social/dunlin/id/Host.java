package social.dunlin.id;

import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A server's name with an optional port, in its one canonical form: lower case, punycode, no trailing dot, no default
 * port. Examples: {@code example.org}, {@code xn--e1afmkfd.xn--e1afmkfd}, {@code localhost:8080},
 * {@code [0:0:0:0:0:0:0:1]:8080}.
 *
 * <p>Whatever could be read in two ways is refused instead of guessed: user information, percent escapes, spaces,
 * underscores, trailing dots, compatibility characters such as full-width dots, and IPv4 addresses in any form but the
 * dotted quad.
 */
public record Host(String value) {
    private static final int HTTPS_PORT = 443;
    private static final int MAXIMUM_NAME_LENGTH = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMERIC_LABEL = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern IPV4_OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    // IDNA 2003 (what the JDK has) and IDNA 2008 disagree on these: straße.example would become another domain.
    private static final Pattern DEVIATION_CHARACTERS = Pattern.compile("[ßẞς\\u200C\\u200D]");
    private static final int REMEMBERED = 512;
    /** Hosts in canonical form: one activity names the same few a dozen times. Whoever writes last wins; any is right. */
    private static final Host[] remembered = new Host[REMEMBERED];

    public Host {
        value = normalise(value);
    }

    /** @throws IllegalArgumentException when the text is no host; for our own values. */
    public static Host parse(String text) {
        if (text == null) {
            throw new IllegalArgumentException("no host");
        }
        int place = text.hashCode() & REMEMBERED - 1;
        Host known = remembered[place];
        if (known != null && known.value.equals(text)) {
            return known;
        }
        Host host = new Host(text);
        remembered[place] = host;
        return host;
    }

    /** For values from outside. */
    public static Optional<Host> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /** The name without port; an IPv6 address keeps its brackets. */
    public String name() {
        int colon = portColon(value);
        return colon < 0 ? value : value.substring(0, colon);
    }

    /** The name without port and those above it: {@code a.b.example}, {@code b.example}, {@code example}. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(name()));
        if (addressLiteral().isEmpty()) {
            for (int dot = name().indexOf('.'); dot >= 0; dot = name().indexOf('.', dot + 1)) {
                names.add(name().substring(dot + 1));
            }
        }
        return names;
    }

    public OptionalInt port() {
        int colon = portColon(value);
        return colon < 0 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value.substring(colon + 1)));
    }

    public Host withoutPort() {
        return new Host(name());
    }

    /**
     * The name under which it was probably registered, for counting what comes from one owner: subdomains cost nothing. A
     * guess, for no list of public suffixes is at hand: the last two labels, three when the second last is as short as in
     * {@code example.co.uk}. Addresses and names of one label stand for themselves, ports included.
     */
    public String site() {
        String[] labels = name().split("\\.", -1);
        if (labels.length == 1 || addressLiteral().isPresent()) {
            return value;
        }
        boolean shared = labels[labels.length - 1].length() == 2 && labels[labels.length - 2].length() <= 3;
        int kept = Math.min(labels.length, shared ? 3 : 2);
        return String.join(".", Arrays.asList(labels).subList(labels.length - kept, labels.length));
    }

    /** The address when the name is an IP literal; never asks a resolver. */
    public Optional<InetAddress> addressLiteral() {
        String name = name();
        if (name.startsWith("[")) {
            return Optional.of(Inet6Address.ofLiteral(name.substring(1, name.length() - 1)));
        }
        return isDottedQuad(name) ? Optional.of(InetAddress.ofLiteral(name)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }

    private static String normalise(String text) {
        if (text == null || text.isEmpty() || text.length() > 2 * MAXIMUM_NAME_LENGTH) {
            throw new IllegalArgumentException("no host");
        }
        int colon = portColon(text);
        String name = colon < 0 ? text : text.substring(0, colon);
        String normalisedName = name.startsWith("[") ? normaliseIpv6(name) : normaliseName(name);
        if (colon < 0) {
            return normalisedName;
        }
        int port = parsePort(text.substring(colon + 1));
        return port == HTTPS_PORT ? normalisedName : normalisedName + ":" + port;
    }

    private static int portColon(String text) {
        int afterAddress = text.startsWith("[") ? text.indexOf(']') : 0;
        return afterAddress < 0 ? -1 : text.indexOf(':', afterAddress);
    }

    private static int parsePort(String text) {
        if (!PORT.matcher(text).matches() || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException("no port of a host");
        }
        return Integer.parseInt(text);
    }

    private static String normaliseName(String name) {
        String ascii = isAscii(name) ? name.toLowerCase(Locale.ROOT) : toPunycode(name);
        if (ascii.length() > MAXIMUM_NAME_LENGTH) {
            throw new IllegalArgumentException("host name too long");
        }
        String[] labels = ascii.split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("no host name");
            }
        }
        // 127.1, 2130706433 and 0x7f000001 are addresses to some readers and names to others.
        if (NUMERIC_LABEL.matcher(labels[labels.length - 1]).matches() && !isDottedQuad(ascii)) {
            throw new IllegalArgumentException("neither a host name nor a dotted IPv4 address");
        }
        return ascii;
    }

    private static String toPunycode(String name) {
        String lowerCase = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        if (!Normalizer.isNormalized(lowerCase, Normalizer.Form.NFKC)
                || DEVIATION_CHARACTERS.matcher(lowerCase).find()
                || lowerCase.indexOf('\u3002') >= 0) {
            throw new IllegalArgumentException("host name with ambiguous characters");
        }
        return IDN.toASCII(lowerCase, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    }

    private static String normaliseIpv6(String bracketed) {
        if (!bracketed.endsWith("]") || bracketed.indexOf('%') >= 0) {
            throw new IllegalArgumentException("no IPv6 address");
        }
        InetAddress address = Inet6Address.ofLiteral(bracketed.substring(1, bracketed.length() - 1));
        if (!(address instanceof Inet6Address)) {
            throw new IllegalArgumentException("IPv4 address dressed as IPv6");
        }
        return "[" + address.getHostAddress() + "]";
    }

    private static boolean isDottedQuad(String name) {
        String[] octets = name.split("\\.", -1);
        if (octets.length != 4) {
            return false;
        }
        for (String octet : octets) {
            if (!IPV4_OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }
}
