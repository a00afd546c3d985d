package social.dunlin.federation.worker.thread;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.federation.thread.ThreadCompletion;
import social.dunlin.federation.thread.ThreadRequests;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;

/** Looks for the missing posts of a thread; the payload is the id of the post that was opened. */
@ApplicationScoped
public class ThreadCompletionHandler implements JobHandler {
    private final ThreadCompletion threads;
    private final ThreadRequests requests;

    public ThreadCompletionHandler(ThreadCompletion threads, ThreadRequests requests) {
        this.threads = threads;
        this.requests = requests;
    }

    @Override
    public String kind() {
        return ThreadRequests.KIND;
    }

    @Override
    public void handle(JobRun run) {
        long opened = Long.parseLong(run.payload());
        requests.conversation(opened).ifPresent(conversation -> requests.finished(conversation, threads.complete(opened)));
    }
}
