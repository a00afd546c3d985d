package social.dunlin.federation.signature;

import java.util.List;

/**
 * Signs outgoing requests. The HTTP client asks anew for every attempt and every hop of a redirect, with that hop's own
 * address, so a signature never reaches a host it was not made for.
 */
@FunctionalInterface
public interface RequestSigner {
    /** The header lines to add; the client itself sends {@code Host} as {@link OutgoingRequest#hostHeader()} says. */
    List<Header> sign(OutgoingRequest request);
}
