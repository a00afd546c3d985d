package social.dunlin.api.web.settings;

import io.quarkus.qute.TemplateData;
import java.util.List;
import social.dunlin.transfer.Imports;

/**
 * How far an import is.
 *
 * @param source   the account whose list is read; null for a file
 * @param error    why all of it failed; null when it did not
 * @param failures some of the rows that failed
 */
@TemplateData
public record ImportView(long id, String kind, String source, boolean finished, int total, int done, int failed, String error, String begun,
                         List<FailureView> failures) {
    /** A row that failed, and why. */
    @TemplateData
    public record FailureView(String target, String error) {
        static FailureView of(Imports.Failure failure) {
            return new FailureView(failure.target(), failure.error());
        }
    }
}
