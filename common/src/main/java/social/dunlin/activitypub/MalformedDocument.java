package social.dunlin.activitypub;

/** Bytes that are no acceptable JSON document. The message is safe to show to the sender; answer 400. */
public final class MalformedDocument extends Exception {
    public MalformedDocument(String safeMessage) {
        super(safeMessage);
    }

    MalformedDocument(String safeMessage, Throwable cause) {
        super(safeMessage, cause);
    }
}
