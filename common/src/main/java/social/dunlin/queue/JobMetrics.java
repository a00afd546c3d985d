package social.dunlin.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * Gauges of the queue. A scrape reads the last known numbers and has them fetched anew in the background
 * when they are old: nobody scrapes, nothing is counted.
 */
@ApplicationScoped
class JobMetrics {
    private static final long OLD = Duration.ofSeconds(10).toNanos();
    private static final Logger LOG = Logger.getLogger(JobMetrics.class);

    private final MeterRegistry registry;
    private final Supplier<QueueHealth> source;
    private final AtomicLong readAt = new AtomicLong(System.nanoTime() - OLD);
    private final AtomicBoolean registered = new AtomicBoolean();
    private volatile QueueHealth last = QueueHealth.UNKNOWN;

    JobMetrics(MeterRegistry registry, JobStore store) {
        this.registry = registry;
        this.source = store::health;
    }

    /** Outside of the container: the registry without exporters. */
    static JobMetrics none(JobStore store) {
        return new JobMetrics(Metrics.globalRegistry, store);
    }

    void register(Collection<String> kinds) {
        if (!registered.compareAndSet(false, true)) {
            return;
        }
        kinds.forEach(kind -> gauge("dunlin.jobs.waiting", health -> health.waiting().getOrDefault(kind, 0L))
            .description("Due jobs that nobody has taken yet").tag("kind", kind).register(registry));
        gauge("dunlin.jobs.dead", QueueHealth::dead)
            .description("Jobs given up in the last thirty days").register(registry);
        gauge("dunlin.jobs.lag", health -> health.lag().toMillis() / 1000.0)
            .description("How long the oldest due job has been waiting").baseUnit("seconds").register(registry);
    }

    private Gauge.Builder<JobMetrics> gauge(String name, ToDoubleFunction<QueueHealth> value) {
        return Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.recent()));
    }

    private QueueHealth recent() {
        long before = readAt.get();
        long now = System.nanoTime();
        if (now - before >= OLD && readAt.compareAndSet(before, now)) {
            Thread.ofVirtual().name("queue-health").start(this::read);
        }
        return last;
    }

    private void read() {
        try {
            last = source.get();
        } catch (RuntimeException failure) {
            LOG.debugf("Queue health could not be read: %s", failure.getMessage());
        }
    }
}
