package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import social.dunlin.commandline.Invocation.ReviewTrend;
import social.dunlin.trend.TrendReviews;

/** {@code dunlin admin trend list|allow|forbid}. */
@ApplicationScoped
class TrendCommand {
    private static final int SHOWN = 100;

    private final TrendReviews reviews;

    TrendCommand(TrendReviews reviews) {
        this.reviews = reviews;
    }

    void list(PrintStream out) {
        reviews.list(SHOWN).forEach(trend -> out.printf("%-6s %8.1f  %-9s %s%n", trend.kind(), trend.score(),
            trend.allowed() == null ? "" : trend.allowed() ? "allowed" : "forbidden", trend.name()));
    }

    void review(ReviewTrend wanted, PrintStream out) {
        reviews.review(wanted.kind(), wanted.name(), wanted.allowed());
        list(out);
    }
}
