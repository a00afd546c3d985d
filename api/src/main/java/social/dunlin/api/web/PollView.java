package social.dunlin.api.web;

import io.quarkus.qute.RawString;
import java.util.List;

/**
 * A poll to be looked at.
 *
 * @param closes    when it ends or ended; null = never
 * @param count     how many took part
 * @param hidden    the author keeps the result back until the end
 */
public record PollView(List<Option> options, boolean expired, Moment closes, PostView.Count count, boolean hidden) {
    /**
     * @param percent 0 to 100, rounded; null while the author keeps the result back
     * @param leading whether no other option has more
     */
    public record Option(RawString title, Integer percent, boolean leading) {
    }
}
