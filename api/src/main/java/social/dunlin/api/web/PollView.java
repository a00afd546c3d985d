package social.dunlin.api.web;

import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * A poll to be looked at.
 *
 * @param closes    when it ends or ended; null = never
 * @param count     how many took part
 * @param hidden    the author keeps the result back until the end
 */
@TemplateData
public record PollView(List<Option> options, boolean expired, Moment closes, PostView.Count count, boolean hidden) {
    /**
     * @param percent 0 to 100, rounded; null while the author keeps the result back
     * @param leading whether no other option has more
     */
    @TemplateData
    public record Option(RawString title, Integer percent, boolean leading) {
    }
}
