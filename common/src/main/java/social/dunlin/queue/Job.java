package social.dunlin.queue;

import java.time.Instant;
import java.util.Objects;
import social.dunlin.id.ObjectUri;

/**
 * Work to be done.
 *
 * @param kind      names the {@link JobHandler}
 * @param payload   text, mostly JSON; ids rather than content
 * @param priority  lower first, {@link #NORMAL} if nothing else is said
 * @param fairKey   whose work it is, e.g. a host: jobs of different keys take turns. Empty: nobody's
 * @param runAt     not before; null for at once
 * @param uniqueKey while a job of this kind and key waits, another is not added; null for no such rule.
 *                  A running job does not count: it may have read what the new one is about to change
 * @param read      what the payload says, where it was read already: spares a worker of this process reading it again
 *                  (docs/adr/0029). Null for nothing; never more than a few times as large as the payload
 */
public record Job(String kind, String payload, int priority, String fairKey, Instant runAt, String uniqueKey, Object read) {
    public static final int URGENT = 1;
    public static final int NORMAL = 5;
    public static final int LEISURELY = 9;

    public Job {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(payload);
        Objects.requireNonNull(fairKey);
        if (priority < 0 || priority > 99) {
            throw new IllegalArgumentException("priority " + priority);
        }
    }

    public Job(String kind, String payload, int priority, String fairKey, Instant runAt, String uniqueKey) {
        this(kind, payload, priority, fairKey, runAt, uniqueKey, null);
    }

    public static Job of(String kind, String payload) {
        return new Job(kind, payload, NORMAL, "", null, null, null);
    }

    public Job withPriority(int priority) {
        return new Job(kind, payload, priority, fairKey, runAt, uniqueKey, read);
    }

    public Job fairBy(String fairKey) {
        return new Job(kind, payload, priority, fairKey, runAt, uniqueKey, read);
    }

    /** Fair to the owners of servers, whatever number of names each has. @param address of something that lives there */
    public Job fairByServerOf(String address) {
        return fairBy(ObjectUri.tryParse(address).map(uri -> uri.host().site()).orElse(""));
    }

    public Job notBefore(Instant runAt) {
        return new Job(kind, payload, priority, fairKey, runAt, uniqueKey, read);
    }

    public Job uniqueBy(String uniqueKey) {
        return new Job(kind, payload, priority, fairKey, runAt, uniqueKey, read);
    }

    public Job alreadyRead(Object read) {
        return new Job(kind, payload, priority, fairKey, runAt, uniqueKey, read);
    }
}
