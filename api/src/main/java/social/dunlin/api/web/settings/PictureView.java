package social.dunlin.api.web.settings;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * A picture about to be posted.
 *
 * @param asked    whether it is still open what of it is kept
 * @param keepable whether more than what is seen and heard can be
 */
@TemplateData
public record PictureView(long id, boolean asked, boolean keepable, List<LeakView> leaks, String description, String text, String problem) {
    /** @param kind in words; @param value as found, "" when only its presence is known */
    @TemplateData
    public record LeakView(String kind, String value) {
    }
}
