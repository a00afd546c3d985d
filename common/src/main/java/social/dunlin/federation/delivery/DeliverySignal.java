package social.dunlin.federation.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.event.Event.JobsWaiting;
import social.dunlin.event.EventBus;

/** Wakes whoever delivers, when the current transaction commits. */
@ApplicationScoped
public class DeliverySignal {
    /** The kind under which deliveries call for work. They are rows of their own, not jobs. */
    public static final String KIND = "delivery";

    private final EventBus events;

    public DeliverySignal(EventBus events) {
        this.events = events;
    }

    void deliveriesWaiting() {
        events.publish(new JobsWaiting(KIND));
    }
}
