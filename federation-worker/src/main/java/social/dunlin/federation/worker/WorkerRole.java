package social.dunlin.federation.worker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import social.dunlin.config.RunMode;
import social.dunlin.federation.worker.delivery.DeliveryWorker;
import social.dunlin.queue.Housekeeping;
import social.dunlin.queue.JobRunner;

/** Begins this role's work once the process is up, and ends it before the database goes. A command takes no work. */
@ApplicationScoped
public class WorkerRole {
    private final RunMode mode;
    private final JobRunner jobs;
    private final Housekeeping housekeeping;
    private final DeliveryWorker deliveries;

    public WorkerRole(RunMode mode, JobRunner jobs, Housekeeping housekeeping, DeliveryWorker deliveries) {
        this.mode = mode;
        this.jobs = jobs;
        this.housekeeping = housekeeping;
        this.deliveries = deliveries;
    }

    void begin(@Observes StartupEvent event) {
        if (mode.isServing()) {
            jobs.start();
            housekeeping.start();
            deliveries.start();
        }
    }

    void end(@Observes ShutdownEvent event) {
        deliveries.stop();
        jobs.stop();
        housekeeping.stop();
    }
}
