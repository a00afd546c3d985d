package social.dunlin.federation.worker.inbox;

/** Handles activities of one type. */
interface ActivityHandler {
    /** The ActivityStreams type, e.g. {@code Follow}. */
    String type();

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
