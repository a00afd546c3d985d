package social.dunlin.queue;

import java.time.Duration;

/** Something done every now and then by one process at a time. Any bean of this type takes part. */
public interface PeriodicTask {
    /** Names its row; never changed. */
    String name();

    /** From one end to the next start; asked after each run. A resting node closes its connections between such times. */
    Duration interval();

    /** On a virtual thread. An exception is kept in the row and the next turn comes as usual. */
    void run() throws Exception;
}
