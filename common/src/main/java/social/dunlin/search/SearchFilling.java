package social.dunlin.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.queue.PeriodicTask;

/** Adds the words of posts that were here before search was, or that a crash between two versions left out. */
@ApplicationScoped
public class SearchFilling implements PeriodicTask {
    private static final int AT_ONCE = 500;

    private final StatusSearchIndex index;

    public SearchFilling(StatusSearchIndex index) {
        this.index = index;
    }

    @Override
    public String name() {
        return "search-filling";
    }

    @Override
    public Duration interval() {
        return Duration.ofDays(1);
    }

    @Override
    public void run() {
        long below = Long.MAX_VALUE;
        do {
            below = index.fill(below, AT_ONCE);
        } while (below > 0);
    }
}
