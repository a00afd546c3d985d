package social.dunlin.queue;

import java.time.Instant;

/** A job that was given up, kept with the last error for thirty days. */
public record DeadJob(long id, String kind, String payload, int attempts, String error, Instant diedAt) {
}
