package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import social.dunlin.push.PushSubscription;

/** Mastodon's WebPushSubscription: the one entity whose id is a number. @param alerts what the client said, and nothing else */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record WebPushSubscriptionEntity(long id, String endpoint, boolean standard, Map<String, Boolean> alerts, String policy, String serverKey) {
    public static WebPushSubscriptionEntity of(PushSubscription subscription, String serverKey) {
        return new WebPushSubscriptionEntity(subscription.id(), subscription.endpoint(), subscription.standard(), subscription.alerts(),
            subscription.policy().apiName(), serverKey);
    }
}
