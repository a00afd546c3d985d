package social.dunlin.federation.knock;

import java.util.Arrays;
import java.util.Optional;

/** A form of HTTP signatures that we write. */
public enum SignatureScheme {
    /** draft-cavage-http-signatures-12: nearly everybody reads it, so it comes first. */
    CAVAGE("cavage"),
    RFC_9421("rfc9421");

    private final String stored;

    SignatureScheme(String stored) {
        this.stored = stored;
    }

    /** As {@code remote_host.signature_scheme} keeps it. */
    public String stored() {
        return stored;
    }

    /** Empty for null and for anything else that is none. */
    public static Optional<SignatureScheme> ofStored(String stored) {
        return Arrays.stream(values()).filter(scheme -> scheme.stored.equals(stored)).findFirst();
    }

    public SignatureScheme other() {
        return this == CAVAGE ? RFC_9421 : CAVAGE;
    }
}
