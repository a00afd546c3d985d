package social.dunlin.api.push;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.TreeMap;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.api.entity.WebPushSubscriptionEntity;
import social.dunlin.api.request.Parameters;
import social.dunlin.push.PushPolicy;
import social.dunlin.push.PushSubscription;
import social.dunlin.push.PushSubscriptions;
import social.dunlin.push.VapidKeys;
import social.dunlin.refusal.Refusal;

/** {@code /api/v1/push/subscription}: the one of the token. */
@Path("/api/v1/push/subscription")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PushSubscriptionResource {
    private final PushSubscriptions subscriptions;
    private final VapidKeys keys;
    private final Parameters parameters;
    private final Caller caller;

    public PushSubscriptionResource(PushSubscriptions subscriptions, VapidKeys keys, Parameters parameters, Caller caller) {
        this.subscriptions = subscriptions;
        this.keys = keys;
        this.parameters = parameters;
        this.caller = caller;
    }

    @POST
    @Access(value = Level.USER_TOKEN, scopes = "push")
    public WebPushSubscriptionEntity subscribe() {
        Parameters wanted = parameters.at("subscription");
        return entity(subscriptions.subscribe(tokenId(), caller.accountId(), wanted.requiredText("endpoint"), wanted.at("keys").requiredText("p256dh"),
            wanted.at("keys").requiredText("auth"), wanted.flag("standard", false), policy(), alerts()));
    }

    @GET
    @Access(value = Level.USER_TOKEN, scopes = "push")
    public WebPushSubscriptionEntity get() {
        return entity(subscriptions.ofToken(tokenId()).orElseThrow(Refusal::notFound));
    }

    @PUT
    @Access(value = Level.USER_TOKEN, scopes = "push")
    public WebPushSubscriptionEntity change() {
        return entity(subscriptions.change(tokenId(), policy(), alerts()).orElseThrow(Refusal::notFound));
    }

    @DELETE
    @Access(value = Level.USER_TOKEN, scopes = "push")
    public Map<String, String> unsubscribe() {
        subscriptions.unsubscribe(tokenId());
        return Map.of();
    }

    private long tokenId() {
        return caller.token().orElseThrow(Refusal::unauthorized).id();
    }

    private WebPushSubscriptionEntity entity(PushSubscription subscription) {
        return WebPushSubscriptionEntity.of(subscription, keys.publicKey());
    }

    /** Documented within {@code data}; some clients send it beside. */
    private PushPolicy policy() {
        return parameters.at("data").text("policy").or(() -> parameters.text("policy")).filter(text -> !text.isEmpty())
            .map(text -> PushPolicy.ofApiName(text).orElseThrow(() -> Refusal.invalid("Policy is not included in the list"))).orElse(PushPolicy.ALL);
    }

    private Map<String, Boolean> alerts() {
        Parameters sent = parameters.at("data").at("alerts");
        Map<String, Boolean> alerts = new TreeMap<>();
        PushSubscriptions.ALERTS.forEach(name -> sent.flag(name).ifPresent(wanted -> alerts.put(name, wanted)));
        return alerts;
    }
}
