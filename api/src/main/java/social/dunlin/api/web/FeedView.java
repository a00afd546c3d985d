package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * What is new, for programs that read feeds (RSS 2.0). All of it is text that XML can hold.
 *
 * @param address of the page it belongs to
 * @param self    its own address
 * @param image   address of a picture, null = none
 * @param updated when the newest post was written, null = there is none
 */
@TemplateData
public record FeedView(String title, String description, String address, String self, String image, String updated, List<ItemView> items) {

    /**
     * A post. Behind a content warning nothing of it stands here but the warning (hostile input 76).
     *
     * @param html what a reader shows
     */
    @TemplateData
    public record ItemView(String address, String published, String html, List<String> tags, List<EnclosedView> media) {
    }

    /** @param medium image, video or audio */
    @TemplateData
    public record EnclosedView(String address, String medium, String description) {
    }
}
