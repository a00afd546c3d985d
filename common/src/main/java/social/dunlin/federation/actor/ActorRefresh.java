package social.dunlin.federation.actor;

import social.dunlin.queue.Job;

/** The job that fetches a stored actor anew; its payload is the actor's id. While one waits no other is added. */
public final class ActorRefresh {
    public static final String KIND = "actor_refresh";

    private ActorRefresh() {
    }

    public static Job job(String actorUri) {
        return Job.of(KIND, actorUri).withPriority(Job.LEISURELY).fairByServerOf(actorUri).uniqueBy(actorUri);
    }
}
