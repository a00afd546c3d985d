package social.dunlin.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A block of IP addresses in CIDR notation, or a single address. IPv4 and IPv6 are different worlds: an IPv4 range does
 * not contain an IPv4-mapped IPv6 address.
 */
public record AddressRange(InetAddress network, int prefixLength) {
    // InetAddress would ask the name service for anything else, and accepts short forms such as 127.1.
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** @throws IllegalArgumentException when the text is no address range */
    public static AddressRange parse(CharSequence text) {
        String[] parts = text.toString().strip().split("/", 2);
        if (!LITERAL.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException("no IP address: " + parts[0]);
        }
        try {
            InetAddress address = InetAddress.getByName(parts[0]);
            int bits = address.getAddress().length * Byte.SIZE;
            int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            if (prefix < 0 || prefix > bits) {
                throw new IllegalArgumentException("prefix length out of range: " + prefix);
            }
            return new AddressRange(address, prefix);
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException("no IP address: " + parts[0], malformed);
        }
    }

    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int ignored = ours.length * Byte.SIZE - prefixLength;
        return new BigInteger(1, ours).shiftRight(ignored).equals(new BigInteger(1, theirs).shiftRight(ignored));
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }
}
