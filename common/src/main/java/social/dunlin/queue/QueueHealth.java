package social.dunlin.queue;

import java.time.Duration;
import java.util.Map;

/**
 * How the queue is.
 *
 * @param lag     how long the oldest due job has been waiting
 * @param waiting due jobs by kind; kinds without any are absent
 * @param dead    dead letters kept
 */
public record QueueHealth(Duration lag, Map<String, Long> waiting, long dead) {
    static final QueueHealth UNKNOWN = new QueueHealth(Duration.ZERO, Map.of(), 0);
}
