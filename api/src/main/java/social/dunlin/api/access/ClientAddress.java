package social.dunlin.api.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import social.dunlin.config.AddressRange;
import social.dunlin.config.DunlinConfiguration;

/**
 * Where a request comes from. A proxy appends the address of its peer to {@code X-Forwarded-For}, so the list is
 * believed from its end, as far as our own proxies wrote it; the rest is what the visitor liked to claim. Quarkus
 * takes its first entry, which everybody can choose.
 */
@Singleton
public class ClientAddress {
    private final List<AddressRange> proxies;

    public ClientAddress(DunlinConfiguration configuration) {
        this.proxies = configuration.http().trustedProxies();
    }

    /** Empty when there is no peer with an address. */
    public String of(HttpServerRequest request) {
        SocketAddress peer = request.connection().remoteAddress();
        return peer == null || peer.hostAddress() == null ? "" : of(peer.hostAddress(), request.headers().getAll("X-Forwarded-For"));
    }

    String of(String peer, List<String> forwarded) {
        if (forwarded.isEmpty()) {
            return peer;
        }
        String believed = peer;
        for (String claimed : Arrays.asList(String.join(",", forwarded).split(",")).reversed()) {
            Optional<InetAddress> address = parsed(claimed.strip());
            if (address.isEmpty() || !isProxy(believed)) {
                return believed;
            }
            believed = address.get().getHostAddress();
        }
        return believed;
    }

    private boolean isProxy(String address) {
        return parsed(address).filter(parsed -> proxies.stream().anyMatch(range -> range.contains(parsed))).isPresent();
    }

    private static Optional<InetAddress> parsed(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
