package social.dunlin.federation.http;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of addresses such as {@code 127.0.0.0/8} or {@code fc00::/7}; IPv4 and IPv6 never match each other. */
public record Cidr(InetAddress network, int prefixLength) {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]+)/([0-9]{1,3})");

    public Cidr {
        if (prefixLength < 0 || prefixLength > network.getAddress().length * 8) {
            throw new IllegalArgumentException("prefix length does not fit the address");
        }
    }

    /** @throws IllegalArgumentException when the text is not of the form address/length */
    public static Cidr parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not of the form address/length: " + text);
        }
        return new Cidr(InetAddress.ofLiteral(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
