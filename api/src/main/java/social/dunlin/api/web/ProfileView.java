package social.dunlin.api.web;

import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * An account as its page shows it.
 *
 * @param header  picture; null = {@code pattern} stands in
 * @param palette number of the colours of the pattern, 0 to 5
 * @param note    sanitised HTML; null = nothing written
 * @param moved   where the person is now; null = here
 */
@TemplateData
public record ProfileView(
        AuthorView author,
        String avatarDescription,
        String header,
        String headerDescription,
        TidePattern pattern,
        int palette,
        RawString note,
        List<FieldView> fields,
        Moment joined,
        boolean group,
        boolean locked,
        boolean memorial,
        AuthorView moved,
        String posts,
        String following,
        String followers) {

    /** A line of the profile; {@code verified} says since when its link is known to lead back, null = it is not. */
    @TemplateData
    public record FieldView(RawString name, RawString value, Moment verified) {
    }
}
