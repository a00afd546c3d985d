package social.dunlin.queue;

import java.time.Duration;

/** A handler made for one test. */
record TestHandler(String kind, int concurrency, int concurrencyPerKey, RetryPolicy retryPolicy, Duration lease, Body body)
        implements JobHandler {
    interface Body {
        void handle(JobRun run) throws Exception;
    }

    static TestHandler of(String kind, Body body) {
        return new TestHandler(kind, 4, 4, new RetryPolicy(3, Duration.ofSeconds(20), Duration.ofHours(1)), Duration.ofMinutes(1), body);
    }

    TestHandler atATime(int concurrency, int perKey) {
        return new TestHandler(kind, concurrency, perKey, retryPolicy, lease, body);
    }

    TestHandler retrying(RetryPolicy policy) {
        return new TestHandler(kind, concurrency, concurrencyPerKey, policy, lease, body);
    }

    TestHandler leasing(Duration lease) {
        return new TestHandler(kind, concurrency, concurrencyPerKey, retryPolicy, lease, body);
    }

    @Override
    public void handle(JobRun run) throws Exception {
        body.handle(run);
    }
}
