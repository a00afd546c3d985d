package social.dunlin.federation.signature;

import social.dunlin.id.ObjectUri;

/**
 * What a signer needs to know of a request.
 *
 * @param method in upper case
 * @param body empty when there is none
 */
public record OutgoingRequest(String method, ObjectUri uri, byte[] body) {
    /** Without the scheme's default port, as it goes over the wire. */
    public String hostHeader() {
        return uri.host().value();
    }

    boolean carriesBody() {
        return !method.equals("GET") && !method.equals("HEAD");
    }
}
