package social.dunlin.media.cache;

import io.vertx.core.json.JsonObject;
import social.dunlin.id.ObjectUri;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.queue.Job;

/**
 * To fetch one address into the cache.
 *
 * @param bringer   whose server showed it here, empty when it is the address's own
 * @param rendition to be made of it besides
 */
public record RemoteMediaJob(String url, String bringer, Rendition rendition) {
    public static final String KIND = "remote_media";

    /** Of one host one after the other. */
    Job toJob() {
        String payload = new JsonObject().put("url", url).put("of", bringer).put("as", rendition.text()).encode();
        return new Job(KIND, payload, Job.LEISURELY, ObjectUri.parse(url).host().name(), null, rendition == Rendition.WHOLE ? url : rendition.text() + " " + url);
    }

    public static RemoteMediaJob read(String payload) {
        JsonObject json = new JsonObject(payload);
        return new RemoteMediaJob(json.getString("url"), json.getString("of", ""), Rendition.tryParse(json.getString("as", "")).orElse(Rendition.WHOLE));
    }
}
