package social.dunlin.federation.worker.inbox;

/** May the sender say this, and does it concern us? */
sealed interface Verdict {
    record Accepted() implements Verdict {
    }

    /** Dropped politely; the reason is for the log. */
    record Ignored(String reason) implements Verdict {
    }

    static Verdict when(boolean accepted, String otherwise) {
        return accepted ? new Accepted() : new Ignored(otherwise);
    }
}
