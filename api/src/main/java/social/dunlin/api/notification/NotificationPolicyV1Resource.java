package social.dunlin.api.notification;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.NotificationPolicyEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.notification.NotificationPolicy;
import social.dunlin.notification.NotificationPolicy.Treatment;
import social.dunlin.notification.NotificationPolicyStore;

/** {@code /api/v1/notifications/policy}, the older form: each rule is on or off. */
@Path("/api/v1/notifications/policy")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class NotificationPolicyV1Resource {
    private final NotificationPolicyStore policies;
    private final Parameters parameters;
    private final Caller caller;

    public NotificationPolicyV1Resource(NotificationPolicyStore policies, Parameters parameters, Caller caller) {
        this.policies = policies;
        this.parameters = parameters;
        this.caller = caller;
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "read:notifications")
    public NotificationPolicyEntity.V1 policy() {
        return NotificationPolicyEntity.V1.of(policies.of(caller.accountId()), policies.summary(caller.accountId()));
    }

    @PUT
    @Access(value = Level.USER_TOKEN, scopes = "write:notifications")
    public NotificationPolicyEntity.V1 change() {
        NotificationPolicy before = policies.of(caller.accountId());
        policies.save(caller.accountId(), new NotificationPolicy(
            treatment("filter_not_following", before.notFollowing()), treatment("filter_not_followers", before.notFollowers()),
            treatment("filter_new_accounts", before.newAccounts()), treatment("filter_private_mentions", before.privateMentions()),
            before.limitedAccounts(), treatment("filter_bots", before.bots())));
        return policy();
    }

    /** What is dropped stays so when it is only said again that it is not shown. */
    private Treatment treatment(String name, Treatment before) {
        return parameters.flag(name).map(strict -> !strict ? Treatment.ACCEPT : before == Treatment.ACCEPT ? Treatment.FILTER : before).orElse(before);
    }
}
