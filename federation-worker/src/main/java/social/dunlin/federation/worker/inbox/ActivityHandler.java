package social.dunlin.federation.worker.inbox;

import java.util.Set;

/** Handles activities of one type. */
interface ActivityHandler {
    /** The ActivityStreams type, e.g. {@code Follow}. */
    String type();

    /** Other types that mean the same. */
    default Set<String> otherNames() {
        return Set.of();
    }

    Verdict verify(Incoming incoming);

    /** Called after an accepting {@link #verify}. May come twice for one activity. */
    void apply(Incoming incoming);

    /**
     * True when the same id may come again and mean it again: Misskey's Follow of the same person always has the same
     * id, and so has its Undo. Such handlers are idempotent by state, not by id, and ask no other server.
     */
    default boolean isRepeatable() {
        return false;
    }
}
