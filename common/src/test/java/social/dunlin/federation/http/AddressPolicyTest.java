package social.dunlin.federation.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.federation.http.AddressPolicy.Verdict;

class AddressPolicyTest {
    private final AddressPolicy policy = new AddressPolicy(List.of());

    @ParameterizedTest
    @ValueSource(strings = {"93.184.216.34", "1.1.1.1", "223.255.255.254", "100.128.0.1", "172.32.0.1", "198.20.0.1",
        "2606:4700::1111", "2a01:4f8::1", "2400:cb00::1", "3ffe::1"})
    void globalUnicastIsAllowed(String address) {
        assertEquals(Verdict.GLOBAL, check(policy, address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1",
        "127.255.255.255", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1",
        "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
        "240.0.0.1", "255.255.255.255", "168.63.129.16"})
    void hostileInput01And08_specialUseIpv4IsRefused(String address) {
        assertEquals(Verdict.REFUSED, check(policy, address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "fc00::1", "fdff::1", "fe80::1", "fec0::1", "ff02::1", "100::1", "2001:db8::1",
        "3fff::1", "5f00::1", "2001:2::1", "2001:10::1", "2001:20::1", "4000::1", "2620:4f:8000::1"})
    void hostileInput01And08_specialUseIpv6IsRefused(String address) {
        assertEquals(Verdict.REFUSED, check(policy, address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::127.0.0.1", "::a00:1", "::ffff:127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::5db8:d822", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:5db8:d822::1", "2001:0:4136:e378:8000:63bf:80ff:fffe"})
    void hostileInput02And08_ipv4EmbeddedInIpv6IsRefused(String address) {
        assertEquals(Verdict.REFUSED, check(policy, address));
    }

    @Test
    void openedBlocksAreAllowedAndNothingElse() {
        AddressPolicy tests = new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1/128")));
        assertEquals(Verdict.ALLOWED_PRIVATE, check(tests, "127.0.0.1"));
        assertEquals(Verdict.ALLOWED_PRIVATE, check(tests, "::1"));
        assertEquals(Verdict.REFUSED, check(tests, "10.0.0.1"));
        assertEquals(Verdict.REFUSED, check(tests, "::127.0.0.1"));
        assertEquals(Verdict.GLOBAL, check(tests, "93.184.216.34"));
    }

    @Test
    void openingATransitionPrefixDoesNotOpenWhatIsEmbedded() {
        AddressPolicy nat64 = new AddressPolicy(List.of(Cidr.parse("64:ff9b::/96"), Cidr.parse("2002::/16"),
                Cidr.parse("2001::/32"), Cidr.parse("::/96")));
        assertEquals(Verdict.ALLOWED_PRIVATE, check(nat64, "64:ff9b::5db8:d822"));
        assertEquals(Verdict.REFUSED, check(nat64, "64:ff9b::7f00:1"));
        assertEquals(Verdict.REFUSED, check(nat64, "2002:7f00:1::"));
        assertEquals(Verdict.REFUSED, check(nat64, "2001:0:4136:e378:8000:63bf:80ff:fffe"));
        assertEquals(Verdict.REFUSED, check(nat64, "::10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0", "10.0.0.0/33", "10.0.0/8/8", "example.org/8", "::1/129", "127.0.0.0/-1"})
    void blocksThatAreNoneAreRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Cidr.parse(text));
    }

    private static Verdict check(AddressPolicy policy, String address) {
        return policy.check(InetAddress.ofLiteral(address));
    }
}
