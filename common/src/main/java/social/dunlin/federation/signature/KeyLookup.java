package social.dunlin.federation.signature;

import java.security.PublicKey;

/** Where the verifier gets keys; implementations cache, also negatively, and fetch within a budget. */
public interface KeyLookup {
    /** The key now known under this id, fetched when there is none. */
    Answer find(String keyId);

    /**
     * Asked once when a signature does not fit the key found: fetches the key anew. An implementation that has just done
     * so may answer with what it has.
     */
    Answer refresh(String keyId);

    /** What is known of a key. */
    sealed interface Answer {
    }

    /**
     * @param owner id of the actor whose key it is, as confirmed by the actor's own document
     */
    record Found(PublicKey key, String owner) implements Answer {
    }

    /** There is no such key, or its document does not bear it out. */
    record Unknown() implements Answer {
    }

    /** The key's owner is deleted (410). */
    record Gone() implements Answer {
    }

    /** The key cannot be had now; the sender should try again. */
    record Unreachable() implements Answer {
    }
}
