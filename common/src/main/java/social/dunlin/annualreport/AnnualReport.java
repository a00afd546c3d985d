package social.dunlin.annualreport;

import java.util.List;

/**
 * One year of an account.
 *
 * @param data      JSON as Mastodon's clients read it
 * @param statusIds posts that it names
 */
public record AnnualReport(long accountId, int year, int schemaVersion, String data, List<Long> statusIds) {
    /** Where a report stands. */
    public enum State {
        AVAILABLE, GENERATING, ELIGIBLE, INELIGIBLE
    }
}
