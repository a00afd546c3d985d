package social.dunlin.federation.worker.card;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import social.dunlin.card.CardFetcher;
import social.dunlin.card.CardRequests;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Makes the preview of a post's link. A page that does not answer is no failure: most of the web does not. */
@ApplicationScoped
public class PreviewCardHandler implements JobHandler {
    private static final Duration AGAIN = Duration.ofMinutes(2);

    private final CardFetcher fetcher;

    public PreviewCardHandler(CardFetcher fetcher) {
        this.fetcher = fetcher;
    }

    @Override
    public String kind() {
        return CardRequests.KIND;
    }

    @Override
    public void handle(JobRun run) {
        if (!fetcher.look(Long.parseLong(run.payload()))) {
            throw JobFailure.retryAfter(AGAIN, "somebody else is looking at the page");
        }
    }
}
