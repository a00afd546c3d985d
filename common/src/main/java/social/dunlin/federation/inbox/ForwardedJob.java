package social.dunlin.federation.inbox;

import io.vertx.core.json.JsonObject;
import social.dunlin.queue.Job;

/**
 * An activity that somebody else than its actor sent on: inbox forwarding, a relay. Its signature says who passed it on
 * and nothing of its content.
 *
 * @param signer id of the actor who signed the request
 * @param body   the JSON text as it came
 */
public record ForwardedJob(String signer, String body) {
    public static final String KIND = "forwarded";

    public Job job() {
        return Job.of(KIND, new JsonObject().put("signer", signer).put("body", body).encode())
            .fairByServerOf(signer);
    }

    public static ForwardedJob read(String payload) {
        JsonObject json = new JsonObject(payload);
        return new ForwardedJob(json.getString("signer"), json.getString("body"));
    }
}
