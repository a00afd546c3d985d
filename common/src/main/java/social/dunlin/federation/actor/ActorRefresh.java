package social.dunlin.federation.actor;

import social.dunlin.id.ObjectUri;
import social.dunlin.queue.Job;

/** The job that fetches a stored actor anew; its payload is the actor's id. While one waits no other is added. */
public final class ActorRefresh {
    public static final String KIND = "actor_refresh";

    private ActorRefresh() {
    }

    public static Job job(String actorUri) {
        String host = ObjectUri.tryParse(actorUri).map(uri -> uri.host().value()).orElse("");
        return Job.of(KIND, actorUri).withPriority(Job.LEISURELY).fairBy(host).uniqueBy(actorUri);
    }
}
