package social.dunlin.queue;

import java.util.List;

/**
 * A handler that does many jobs of its kind together, so that they share statements and commits. While it is at some the
 * next are not taken, so that batches grow with the load; a lone job waits for nothing.
 */
public interface BatchHandler extends JobHandler {
    /**
     * Does what can be done together, all of it or nothing, and gives the rest, which is then handled one by one: jobs of
     * one list in turn, lists side by side. When it throws, each is handled by itself.
     */
    List<List<JobRun>> handleTogether(List<JobRun> runs);
}
