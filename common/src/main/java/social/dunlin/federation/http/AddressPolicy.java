package social.dunlin.federation.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to: global unicast and nothing else, after the special-purpose registries of IANA
 * (RFC 6890, RFC 9637). The JDK's own predicates are no help: they know neither {@code fc00::/7} nor
 * {@code 100.64.0.0/10} nor IPv4 hidden in IPv6.
 */
public final class AddressPolicy {
    private static final List<Cidr> SPECIAL_IPV4 = cidrs(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // No registry lists it, but on Azure it is the host's own control service.
            "168.63.129.16/32");
    private static final Cidr GLOBAL_UNICAST_IPV6 = Cidr.parse("2000::/3");
    private static final List<Cidr> SPECIAL_IPV6 = cidrs(
            // Teredo, benchmarking, ORCHID and others; 6to4; documentation; AS112.
            "2001::/23", "2002::/16", "2001:db8::/32", "3fff::/20", "2620:4f:8000::/48");
    private static final Cidr COMPATIBLE = Cidr.parse("::/96");
    private static final Cidr TRANSLATED = Cidr.parse("::ffff:0:0:0/96");
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
    private static final Cidr LOCAL_NAT64 = Cidr.parse("64:ff9b:1::/48");
    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
    private static final Cidr TEREDO = Cidr.parse("2001::/32");

    private final List<Cidr> allowedPrivate;

    /** What may be done with an address. */
    public enum Verdict {
        GLOBAL,
        /** In a block the operator has opened, usually for tests. */
        ALLOWED_PRIVATE,
        REFUSED
    }

    public AddressPolicy(List<Cidr> allowedPrivate) {
        this.allowedPrivate = List.copyOf(allowedPrivate);
    }

    /** Whether an address is one of the whole internet, whatever this installation has opened. */
    public static boolean isPublic(InetAddress address) {
        return isGlobalUnicast(address);
    }

    public Verdict check(InetAddress address) {
        if (allowedPrivate.stream().anyMatch(block -> block.contains(address))) {
            // Opening a transition prefix such as 64:ff9b::/96 must not open what is embedded in it.
            boolean embeddedRefused = embeddedIpv4(address).map(this::check).filter(Verdict.REFUSED::equals).isPresent();
            return embeddedRefused ? Verdict.REFUSED : Verdict.ALLOWED_PRIVATE;
        }
        return isGlobalUnicast(address) ? Verdict.GLOBAL : Verdict.REFUSED;
    }

    /** Addresses that embed an IPv4 address are refused as they stand, whatever they embed. */
    private static boolean isGlobalUnicast(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_IPV4.stream().noneMatch(block -> block.contains(address));
        }
        return GLOBAL_UNICAST_IPV6.contains(address) && SPECIAL_IPV6.stream().noneMatch(block -> block.contains(address));
    }

    /** The IPv4 address that a compatible, translated, NAT64, 6to4 or Teredo address leads to. */
    static Optional<InetAddress> embeddedIpv4(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != 16 || isUnspecifiedOrLoopback(bytes)) {
            return Optional.empty();
        }
        if (Stream.of(COMPATIBLE, TRANSLATED, NAT64, LOCAL_NAT64).anyMatch(block -> block.contains(address))) {
            return Optional.of(ipv4(bytes[12], bytes[13], bytes[14], bytes[15]));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Optional.of(ipv4(bytes[2], bytes[3], bytes[4], bytes[5]));
        }
        // Teredo hides the client's address by inverting it (RFC 4380).
        return TEREDO.contains(address)
                ? Optional.of(ipv4((byte) ~bytes[12], (byte) ~bytes[13], (byte) ~bytes[14], (byte) ~bytes[15]))
                : Optional.empty();
    }

    private static boolean isUnspecifiedOrLoopback(byte[] ipv6) {
        return (ipv6[15] & 0xfe) == 0 && Arrays.equals(ipv6, 0, 15, new byte[15], 0, 15);
    }

    private static InetAddress ipv4(byte... bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Cidr> cidrs(String... blocks) {
        return Arrays.stream(blocks).map(Cidr::parse).toList();
    }
}
