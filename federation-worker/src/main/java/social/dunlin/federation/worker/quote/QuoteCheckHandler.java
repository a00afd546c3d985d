package social.dunlin.federation.worker.quote;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import social.dunlin.activitypub.QuoteDocuments;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.fetch.DocumentFetcher;
import social.dunlin.federation.fetch.Fetched;
import social.dunlin.federation.object.Authority;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.id.ObjectUri;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.queue.RetryPolicy;
import social.dunlin.status.QuoteCheck;
import social.dunlin.status.RemoteQuotes;
import social.dunlin.status.RemoteQuotes.Claim;
import social.dunlin.status.Status;

/**
 * Fetches the post that a quote means, when it is unknown, or the stamp that a quote claims, from the server of the quoted
 * author: a stamp from elsewhere proves nothing (hostile input 46). What stays silent leaves the quote waiting.
 */
@ApplicationScoped
public class QuoteCheckHandler implements JobHandler {
    private static final int ATTEMPTS = 6;

    private final RemoteQuotes quotes;
    private final RemoteObjects objects;
    private final DocumentFetcher fetcher;

    public QuoteCheckHandler(RemoteQuotes quotes, RemoteObjects objects, DocumentFetcher fetcher) {
        this.quotes = quotes;
        this.objects = objects;
        this.fetcher = fetcher;
    }

    @Override
    public String kind() {
        return QuoteCheck.KIND;
    }

    @Override
    public int concurrency() {
        return 8;
    }

    @Override
    public int concurrencyPerKey() {
        return 2;
    }

    @Override
    public RetryPolicy retryPolicy() {
        return new RetryPolicy(ATTEMPTS, Duration.ofSeconds(30), Duration.ofMinutes(30));
    }

    @Override
    public void handle(JobRun run) {
        long statusId = Long.parseLong(run.payload());
        quotes.unknownPost(statusId).ifPresent(uri -> find(run, statusId, uri));
        quotes.resume(statusId);
        quotes.claim(statusId).ifPresent(claim -> check(run, statusId, claim));
    }

    private void find(JobRun run, long statusId, String quotedUri) {
        Optional<Status> quoted = objects.byUri(quotedUri, Budgets.forActivity()).filter(status -> !status.isReblog());
        if (quoted.isPresent()) {
            quotes.found(statusId, quoted.get());
        } else {
            anotherTime(run, "The quoted post cannot be had");
        }
    }

    private void check(JobRun run, long statusId, Claim claim) {
        Optional<ObjectUri> stamp = ObjectUri.tryParse(claim.authorizationUri())
            .filter(uri -> Authority.mayAssert(claim.quotedAuthorUri(), claim.authorizationUri()));
        if (stamp.isEmpty()) {
            quotes.checked(statusId, claim, false);
            return;
        }
        switch (fetcher.byId(stamp.get(), Budgets.forActivity())) {
            // Whoever finds a way to be redirected there from the author's server has still not the author's word.
            case Fetched.Document document -> quotes.checked(statusId, claim, document.uri().sameOrigin(stamp.get())
                && QuoteDocuments.isAuthorization(document.object(), claim.quotedAuthorUri(), claim.quotingUri(), claim.quotedUri()));
            case Fetched.Failed(Fetched.Reason reason) -> failed(run, statusId, claim, reason);
        }
    }

    /** It may not be there yet when we are told of it before its server's own transaction has ended. */
    private void failed(JobRun run, long statusId, Claim claim, Fetched.Reason reason) {
        switch (reason) {
            case GONE, UNUSABLE, FORBIDDEN -> quotes.checked(statusId, claim, false);
            case NOT_FOUND, DENIED, UNREACHABLE, BUDGET_SPENT -> anotherTime(run, "The stamp cannot be had: " + reason);
        }
    }

    private static void anotherTime(JobRun run, String reason) {
        if (run.attempt() < ATTEMPTS) {
            throw new StampNotThere(reason);
        }
    }

    /** Expected, so it carries no stack. */
    private static final class StampNotThere extends RuntimeException {
        StampNotThere(String reason) {
            super(reason, null, false, false);
        }
    }
}
