package social.dunlin.federation.worker.card;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.card.CardFetcher;
import social.dunlin.card.CardRequests;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Makes the preview of a post's link. A page that does not answer is no failure: most of the web does not. */
@ApplicationScoped
public class PreviewCardHandler implements JobHandler {
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
        fetcher.look(Long.parseLong(run.payload()));
    }
}
