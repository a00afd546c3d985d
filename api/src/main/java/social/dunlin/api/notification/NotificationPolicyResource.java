package social.dunlin.api.notification;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.NotificationPolicyEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.notification.NotificationPolicy;
import social.dunlin.notification.NotificationPolicy.Treatment;
import social.dunlin.notification.NotificationPolicyStore;
import social.dunlin.refusal.Refusal;

/** {@code /api/v2/notifications/policy}: whose notifications are shown, set aside or dropped. */
@Path("/api/v2/notifications/policy")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class NotificationPolicyResource {
    private final NotificationPolicyStore policies;
    private final Parameters parameters;
    private final Caller caller;

    public NotificationPolicyResource(NotificationPolicyStore policies, Parameters parameters, Caller caller) {
        this.policies = policies;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public NotificationPolicyEntity policy() {
        return NotificationPolicyEntity.of(policies.of(caller.accountId()), policies.summary(caller.accountId()));
    }

    @PUT
    @Access(value = Level.USER_TOKEN, scopes = "write:notifications")
    public NotificationPolicyEntity change() {
        NotificationPolicy before = policies.of(caller.accountId());
        policies.save(caller.accountId(), new NotificationPolicy(
            treatment("for_not_following").orElse(before.notFollowing()), treatment("for_not_followers").orElse(before.notFollowers()),
            treatment("for_new_accounts").orElse(before.newAccounts()), treatment("for_private_mentions").orElse(before.privateMentions()),
            treatment("for_limited_accounts").orElse(before.limitedAccounts()), treatment("for_bots").orElse(before.bots())));
        return policy();
    }

    private Optional<Treatment> treatment(String name) {
        return parameters.text(name).filter(text -> !text.isBlank()).map(text -> Treatment.ofApiName(text)
            .orElseThrow(() -> Refusal.unprocessable("'%s' is not a valid %s".formatted(text, name))));
    }
}
