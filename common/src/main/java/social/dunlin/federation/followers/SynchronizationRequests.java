package social.dunlin.federation.followers;

import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.id.ObjectUri;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;

/** Another server told whom of ours it takes for a follower; when we think otherwise a job asks for the list. */
@ApplicationScoped
public class SynchronizationRequests {
    private final Followers followers;
    private final Jobs jobs;

    public SynchronizationRequests(Followers followers, Jobs jobs) {
        this.followers = followers;
        this.jobs = jobs;
    }

    /**
     * What is to be compared.
     *
     * @param actor whose followers
     * @param host  the served host at which they live
     */
    public record Request(String actor, String host, String url, String digest) {
        public static final String KIND = "followers_synchronization";

        Job job() {
            String payload = new JsonObject().put("actor", actor).put("host", host).put("url", url).put("digest", digest).encode();
            return Job.of(KIND, payload).withPriority(Job.LEISURELY).fairByServerOf(actor).uniqueBy(actor + " " + host);
        }

        public static Request read(String payload) {
            JsonObject json = new JsonObject(payload);
            return new Request(json.getString("actor"), json.getString("host"), json.getString("url"), json.getString("digest"));
        }
    }

    /**
     * @param sender whose signature covered the header
     * @param value  the header as sent
     * @param host   the host of ours that it was sent to
     */
    public void noticed(Account sender, String value, String host) {
        Optional<SynchronizationHeader> header = SynchronizationHeader.parse(value).filter(parsed -> isOwn(sender, parsed));
        if (header.isPresent() && !followers.digest(sender.id(), host).equals(header.get().digest())) {
            jobs.enqueue(new Request(sender.uri(), host, header.get().url(), header.get().digest()).job());
        }
    }

    private static boolean isOwn(Account sender, SynchronizationHeader header) {
        return !sender.isLocal() && header.collectionId().equals(sender.followersUrl())
            && ObjectUri.tryParse(header.url()).filter(ObjectUri.parse(sender.uri())::sameOrigin).isPresent();
    }
}
