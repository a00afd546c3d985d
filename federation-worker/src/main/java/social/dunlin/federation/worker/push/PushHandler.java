package social.dunlin.federation.worker.push;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.FetchResponse;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.http.ResponseHeaders;
import social.dunlin.federation.signature.RequestSigner;
import social.dunlin.id.ObjectUri;
import social.dunlin.notification.Notification;
import social.dunlin.notification.NotificationService;
import social.dunlin.push.PushJob;
import social.dunlin.push.PushMessages;
import social.dunlin.push.PushMessages.Message;
import social.dunlin.push.PushSubscription;
import social.dunlin.push.PushSubscriptions;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.RetryPolicy;

/**
 * Hands one message to the push service. A service that says the subscription is no good (4xx) ends it; one that is busy
 * or broken is asked again, five times. A message may come twice after a crash: clients know it by the notification's id.
 */
@ApplicationScoped
public class PushHandler implements JobHandler {
    private static final RequestSigner UNSIGNED = request -> List.of();
    /** Nobody wants to be woken by what is older; the push service would not keep it longer either. */
    private static final Duration STALE = Duration.ofHours(48);
    private static final Duration LONGEST_WAIT = Duration.ofHours(6);
    private static final Duration USUAL_WAIT = Duration.ofMinutes(2);

    private final PushSubscriptions subscriptions;
    private final NotificationService notifications;
    private final PushMessages messages;
    private final GuardedHttpClient client;

    public PushHandler(PushSubscriptions subscriptions, NotificationService notifications, PushMessages messages, GuardedHttpClient client) {
        this.subscriptions = subscriptions;
        this.notifications = notifications;
        this.messages = messages;
        this.client = client;
    }

    @Override
    public String kind() {
        return PushJob.KIND;
    }

    @Override
    public RetryPolicy retryPolicy() {
        return new RetryPolicy(6, Duration.ofSeconds(30), Duration.ofMinutes(30));
    }

    @Override
    public void handle(JobRun run) {
        PushJob job = PushJob.of(run.payload());
        Optional<PushSubscription> subscription = subscriptions.byId(job.subscriptionId());
        if (subscription.isEmpty()) {
            return;
        }
        // What was dismissed, or is no longer the reader's to see, wakes nobody.
        Optional<Notification> notification = notifications.get(subscription.get().accountId(), job.notificationId())
            .filter(found -> found.createdAt().isAfter(Instant.now().minus(STALE)));
        notification.flatMap(found -> messages.of(subscription.get(), found, Instant.now())).ifPresent(message -> send(subscription.get(), message));
    }

    private void send(PushSubscription subscription, Message message) {
        FetchResponse response;
        try {
            response = client.post(ObjectUri.parse(subscription.endpoint()), message.headers(), message.body(), UNSIGNED);
        } catch (FetchException.Refused never) {
            // Our own rules forbid the address, and will the next time.
            subscriptions.drop(subscription.id());
            return;
        }
        int status = response.status();
        if (response.isSuccess()) {
            return;
        }
        if (status == 429 || status == 408) {
            throw JobFailure.retryAfter(patience(response.headers()), "The push service answered with status " + status);
        }
        if (status >= 400 && status < 500) {
            subscriptions.drop(subscription.id());
            return;
        }
        throw new IllegalStateException("The push service answered with status " + status);
    }

    /** As the push service asks; a date or nothing readable counts as nothing. */
    static Duration patience(ResponseHeaders headers) {
        return headers.first("Retry-After").map(String::strip).filter(text -> text.matches("[0-9]{1,9}"))
            .map(text -> Duration.ofSeconds(Long.parseLong(text))).map(asked -> asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT)
            .orElse(USUAL_WAIT);
    }
}
