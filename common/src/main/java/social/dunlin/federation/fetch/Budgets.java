package social.dunlin.federation.fetch;

import java.time.Duration;
import social.dunlin.federation.http.FetchBudget;

/** What one cause may spend on fetching. A thread of ten thousand posts on as many servers ends here. */
public final class Budgets {
    private Budgets() {
    }

    /** For what an activity in an inbox sets off, in the background. */
    public static FetchBudget forActivity() {
        return new FetchBudget(60, 8 << 20, Duration.ofSeconds(30));
    }

    /** For completing a thread somebody opened, in the background. The reader waits for none of it. */
    public static FetchBudget forThread() {
        return new FetchBudget(150, 16 << 20, Duration.ofSeconds(90));
    }

    /** For finding the key of a signature while the sender waits. */
    public static FetchBudget forKey() {
        return new FetchBudget(6, 3 << 20, Duration.ofSeconds(8));
    }

    /** For somebody who typed a name or an address and waits. */
    public static FetchBudget forLookup() {
        return new FetchBudget(15, 4 << 20, Duration.ofSeconds(12));
    }
}
