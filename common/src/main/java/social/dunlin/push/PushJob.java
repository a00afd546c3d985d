package social.dunlin.push;

import social.dunlin.id.ObjectUri;
import social.dunlin.queue.Job;

/** The job that wakes one subscriber about one notification. */
public record PushJob(long subscriptionId, long notificationId) {
    public static final String KIND = "web_push";

    Job at(String endpoint) {
        String host = ObjectUri.tryParse(endpoint).map(uri -> uri.host().value()).orElse("");
        return Job.of(KIND, subscriptionId + " " + notificationId).fairBy(host).uniqueBy(subscriptionId + " " + notificationId);
    }

    public static PushJob of(String payload) {
        String[] numbers = payload.split(" ");
        return new PushJob(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }
}
